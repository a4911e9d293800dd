/** An SVG path through `values`, oldest first, in a box `width` × `height`; the right edge is now. Empty below two values. */
export function chartPath(
  values: readonly number[],
  options: {
    readonly width: number;
    readonly height: number;
    readonly capacity: number;
    readonly most: number;
  },
): string {
  if (values.length < 2) return '';
  const { width, height, capacity } = options;
  const step = width / (capacity - 1);
  const most = Math.max(options.most, ...values);
  const points = values.map((value, index) => {
    const x = width - (values.length - 1 - index) * step;
    const y = height - (Math.max(0, value) / most) * height;
    return `${round(x)} ${round(y)}`;
  });
  return `M${points.join('L')}`;
}

/** The same, closed along the bottom, for filling. */
export function chartArea(path: string, width: number, height: number): string {
  const first = /^M(\S+)/.exec(path)?.[1];
  return first === undefined ? '' : `${path}L${width} ${height}L${first} ${height}Z`;
}

/** The last `capacity` values with `value` at the end. */
export function pushed(values: readonly number[], value: number, capacity: number): number[] {
  return [...values.slice(1 - capacity), value];
}

const round = (value: number) => Math.round(value * 100) / 100;
