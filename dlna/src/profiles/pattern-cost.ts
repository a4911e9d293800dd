/** What may be in one alternative of a pattern: with these, 512 characters take milliseconds whatever is in them. */
const most = { repetitions: 2, choices: 8 };
/** Repeated this often at most is no repetition, but a choice. */
const few = 8;

interface Group {
  repetitions: number;
  /** Optional parts, and groups with alternatives. */
  choices: number;
  alternatives: number;
}

const empty = (): Group => ({ repetitions: 0, choices: 0, alternatives: 1 });

/** An escape, a class of characters, the beginning of a group, any other character. */
const token = /\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]|<\w+>))?|[^]/y;
const quantifier = /(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/y;

/**
 * Whether a regular expression may take for ever on a text that somebody else writes: V8 tries every way there is, and
 * the whole process waits (CWE-1333). Says no to some that would be harmless; those of devices are simpler.
 * @param pattern a valid regular expression
 * @returns what is wrong with it; undefined for nothing
 */
export function costlyPattern(pattern: string): string | undefined {
  const open: Group[] = [empty()];
  for (let at = 0; at < pattern.length;) {
    const read = matchAt(token, pattern, at)?.[0] ?? '';
    at += read.length;
    const group = open.at(-1) ?? empty();
    if (read === '|') {
      group.alternatives++;
      // At the top, alternatives are tried one after the other; further in, what follows is tried with each.
      if (open.length === 1) open[0] = empty();
    }
    if (read.startsWith('(')) open.push(empty());
    const closed = read === ')' ? open.pop() : undefined;
    const times = matchAt(quantifier, pattern, at);
    at += times?.[0].length ?? 0;
    const fault = add(open.at(-1) ?? empty(), closed, mostTimes(times));
    if (fault) return fault;
  }
  return undefined;
}

function add(around: Group, closed: Group | undefined, times: number): string | undefined {
  const isChoice = closed !== undefined && closed.alternatives > 1;
  if (times > 1 && closed && (isChoice || closed.repetitions + closed.choices > 0))
    return 'a repeated group that has repetitions or alternatives in it takes too long';
  around.repetitions += (closed?.repetitions ?? 0) + Number(times > few);
  around.choices += (closed?.choices ?? 0) + Number(isChoice) + Number(times !== 1 && times <= few);
  if (around.repetitions > most.repetitions) return `more than ${most.repetitions} repetitions take too long`;
  if (around.choices > most.choices) return `more than ${most.choices} optional parts take too long`;
  return undefined;
}

/** How often it may be there at most; 1 where nothing is said, 0 for `?`. */
function mostTimes(quantity: RegExpExecArray | undefined): number {
  if (!quantity) return 1;
  const [text, from, comma, to] = quantity;
  if (from === undefined) return text.startsWith('?') ? 0 : Infinity;
  if (comma === undefined) return Number(from) > few ? Infinity : Math.max(1, Number(from));
  return to ? Number(to) : Infinity;
}

function matchAt(what: RegExp, text: string, at: number): RegExpExecArray | undefined {
  what.lastIndex = at;
  return what.exec(text) ?? undefined;
}
