/** Typing errors forgiven in a word of this length: short words are all close to each other. */
export const forgivenEdits = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

/**
 * Optimal string alignment distance: letters inserted, left out, replaced, or swapped with a neighbour.
 * @param isPrefix compares with the best prefix of `term`: the word is still being typed
 * @returns the distance, or Infinity beyond `most`
 */
export function editDistance(typed: string, term: string, most: number, isPrefix = false): number {
  const reach = isPrefix ? Math.min(term.length, typed.length + most) : term.length;
  if (typed.length - reach > most || (!isPrefix && reach - typed.length > most)) return Infinity;
  let before: number[] = [];
  let above = Array.from({ length: reach + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row++) {
    const current = nextRow(typed, term, row, above, before);
    if (Math.min(...current) > most) return Infinity;
    before = above;
    above = current;
  }
  const distance = isPrefix ? Math.min(...above) : (above[reach] ?? Infinity);
  return distance <= most ? distance : Infinity;
}

function nextRow(typed: string, term: string, row: number, above: number[], before: number[]): number[] {
  const current = [row];
  for (let column = 1; column < above.length; column++) {
    const same = typed[row - 1] === term[column - 1];
    let cost = Math.min(
      (above[column] ?? 0) + 1,
      (current[column - 1] ?? 0) + 1,
      (above[column - 1] ?? 0) + (same ? 0 : 1),
    );
    const swapped = row > 1 && typed[row - 1] === term[column - 2] && typed[row - 2] === term[column - 1];
    if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
    current.push(cost);
  }
  return current;
}
