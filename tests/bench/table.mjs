/** Prints rows of cells under headings: the first column to the left, figures to the right. */
export function table(headings, rows) {
  const widths = headings.map((heading, n) =>
    Math.max(heading.length, ...rows.map((row) => String(row[n] ?? '').length)),
  );
  const line = (cells) =>
    cells.map((cell, n) => String(cell ?? '')[n === 0 ? 'padEnd' : 'padStart'](widths[n])).join('  ');
  console.log(
    [line(headings), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)].join('\n'),
  );
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
export const percentile = (values, share) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
};

/** Prints the verdict on a target and remembers a miss in the exit code. */
export function target(what, isMet) {
  console.log(`${isMet ? 'met   ' : 'MISSED'}  ${what}`);
  if (!isMet) process.exitCode = 1;
}
