/** A term, or the beginning of one, and the typing errors between it and what was typed. */
export type NearTerms = Map<string, number>;

/**
 * Terms at most `most` typing errors from the typed word: letters inserted, left out, replaced, or swapped with a
 * neighbour (optimal string alignment distance). Terms that begin alike share the work, and a beginning that is too far
 * off leaves out all of them: some ten thousand terms take a millisecond or two.
 * @param terms in an order that keeps equal beginnings together
 * @param isPrefix beginnings of terms count, as those: the word is still being typed
 */
export function nearTerms(
  terms: readonly string[],
  typed: string,
  most: number,
  isPrefix: boolean,
): NearTerms {
  const near: NearTerms = new Map();
  /** Row `n`: distances of the first `n` letters of the term from each beginning of what was typed. */
  const rows: number[][] = [Array.from({ length: typed.length + 1 }, (_, column) => column)];
  let [before, kept] = ['', 0];
  for (let at = 0; at < terms.length; at++) {
    const term = terms[at] ?? '';
    let depth = Math.min(kept, commonLength(before, term));
    let isNear = true;
    while (depth < term.length && isNear) {
      depth += 1;
      const row = nextRow(rows, term, depth, typed);
      rows[depth] = row;
      const distance = row[typed.length] ?? Infinity;
      if (distance <= most && (isPrefix || depth === term.length)) near.set(term.slice(0, depth), distance);
      isNear = Math.min(...row) <= most;
    }
    [before, kept] = [term, depth];
    if (!isNear) at = lastBeginning(terms, at, term.slice(0, depth));
  }
  return near;
}

function nextRow(rows: readonly number[][], term: string, depth: number, typed: string): number[] {
  const [above = [], before = []] = [rows[depth - 1], rows[depth - 2]];
  const current = [depth];
  for (let column = 1; column <= typed.length; column++) {
    const isSame = term[depth - 1] === typed[column - 1];
    let cost = Math.min(
      (above[column] ?? 0) + 1,
      (current[column - 1] ?? 0) + 1,
      (above[column - 1] ?? 0) + (isSame ? 0 : 1),
    );
    const isSwapped =
      depth > 1 && term[depth - 1] === typed[column - 2] && term[depth - 2] === typed[column - 1];
    if (isSwapped) cost = Math.min(cost, (before[column - 2] ?? Infinity) + 1);
    current.push(cost);
  }
  return current;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/** The last term from `at` on that begins like this, by steps that double and then halve. */
function lastBeginning(terms: readonly string[], at: number, beginning: string): number {
  let [last, step] = [at, 1];
  while (terms[last + step]?.startsWith(beginning)) {
    last += step;
    step *= 2;
  }
  for (; step >= 1; step /= 2) if (terms[last + step]?.startsWith(beginning)) last += step;
  return last;
}
