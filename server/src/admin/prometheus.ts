/** One metric family of the Prometheus text exposition format 0.0.4. */
export interface Metric {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** `_bucket`, `_sum`, `_count`; nothing for plain values. */
  readonly suffix?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function line(name: string, { suffix = '', labels = {}, value }: Sample): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escaped(text)}"`);
  return `${name}${suffix}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${Number.isFinite(value) ? value : 'NaN'}`;
}

export function prometheusText(metrics: readonly Metric[]): string {
  const families = metrics.map(({ name, type, help, samples }) =>
    [
      `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}`,
      `# TYPE ${name} ${type}`,
      ...samples.map((sample) => line(name, sample)),
    ].join('\n'),
  );
  return `${families.join('\n')}\n`;
}

interface Counted {
  readonly buckets: readonly { le: number; count: number }[];
  readonly count: number;
  readonly sum: number;
}

/** The samples of a histogram whose buckets hold everything up to their bound. */
export const histogramSamples = (
  { buckets, count, sum }: Counted,
  labels: Record<string, string> = {},
): Sample[] => [
  ...buckets.map(({ le, count: value }) => ({
    suffix: '_bucket',
    labels: { ...labels, le: String(le) },
    value,
  })),
  { suffix: '_bucket', labels: { ...labels, le: '+Inf' }, value: count },
  { suffix: '_sum', labels, value: sum },
  { suffix: '_count', labels, value: count },
];
