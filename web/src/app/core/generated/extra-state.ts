import type { Extra } from '@hearth/contract/provider-manifest';

/** Filters by name as they stand in a query; `''` is one that was taken away, a missing one is as the provider has it. */
export type ExtraValues = Readonly<Record<string, string | undefined>>;

/** What an address says of `extra`, where that makes sense. */
function sane(extra: Extra, text: string | undefined): string {
  if (!text) return '';
  const known = (id: string) => extra.options?.some((option) => option.id === id) ?? false;
  switch (extra.type) {
    case 'text':
      return text.trim().slice(0, 500);
    case 'toggle':
      return text === 'true' ? text : '';
    case 'select':
    case 'sort':
      return known(text) ? text : '';
    case 'multiselect':
      return chosen(text).filter(known).slice(0, extra.optionsLimit).join(',');
    case 'range': {
      const { from, to } = rangeOf(text);
      return rangeText(extra, from, to);
    }
  }
}

/** What `extra` is set to: as the address says, else as the provider begins, else (where one is needed) its first choice. */
export function valueOf(extra: Extra, values: ExtraValues): string {
  const text = values[extra.name];
  if (text === '' && !extra.isRequired) return '';
  const first = extra.isRequired ? extra.options?.[0]?.id : undefined;
  return sane(extra, text) || sane(extra, extra.default) || sane(extra, first);
}

/** Those that are shown: what one depends on is shown and set to one of the values it waits for. */
export function shownExtras(extras: readonly Extra[], values: ExtraValues): Extra[] {
  const shows = (extra: Extra, waiting: readonly string[]): boolean => {
    const { dependsOn } = extra;
    if (!dependsOn) return true;
    const other = extras.find(({ name }) => name === dependsOn.name);
    if (!other || waiting.includes(other.name)) return false;
    const now = valueOf(other, values);
    const all = other.type === 'multiselect' ? chosen(now) : [now];
    return all.some((value) => dependsOn.in.includes(value)) && shows(other, [...waiting, extra.name]);
  };
  return extras.filter((extra) => shows(extra, []));
}

/** What the provider is asked with. */
export function queryOf(extras: readonly Extra[], values: ExtraValues): Record<string, string> {
  const set = shownExtras(extras, values).map((extra) => [extra.name, valueOf(extra, values)] as const);
  return Object.fromEntries(set.filter(([, value]) => value));
}

/** Those without which the provider does not answer. */
export function missingExtras(extras: readonly Extra[], values: ExtraValues): Extra[] {
  return shownExtras(extras, values).filter((extra) => extra.isRequired && !valueOf(extra, values));
}

/** Ids of a `multiselect`. */
export function chosen(text: string): string[] {
  return text.split(',').filter(Boolean);
}

/** `text` of a `multiselect` with `id` put in, or taken out if it was there. */
export function toggledId(text: string, id: string): string {
  const ids = chosen(text);
  return (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]).join(',');
}

/** Ends of a `range`; NaN where it is open. Each may be negative. */
export function rangeOf(text: string): { from: number; to: number } {
  const [, from, to] = /^(-?[\d.]+)?-(-?[\d.]+)?$/.exec(text) ?? [];
  return { from: Number(from ?? NaN), to: Number(to ?? NaN) };
}

/** A `range` as it stands in a query: within its bounds, the smaller end first; empty where both are open. */
export function rangeText({ min = -Infinity, max = Infinity }: Extra, from: number, to: number): string {
  const within = (end: number) => (Number.isFinite(end) ? Math.min(max, Math.max(min, end)) : undefined);
  const [one, other] = [within(from), within(to)];
  if (one === undefined && other === undefined) return '';
  const turned = one !== undefined && other !== undefined && one > other;
  return turned ? `${other}-${one}` : `${one ?? ''}-${other ?? ''}`;
}
