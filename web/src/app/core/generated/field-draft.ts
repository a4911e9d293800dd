import type { Field, ProviderConfig } from '@hearth/contract/provider-manifest';

/** What stands in a form: text of whatever is typed or chosen, switches, ids of a `multiselect`. */
export type FieldValue = string | boolean | readonly string[];
export type FieldDraft = Readonly<Record<string, FieldValue | undefined>>;

export type FieldFault = 'needed' | 'addressWrong' | 'numberWrong' | 'numberLow' | 'numberHigh';

/** The form as it opens: what was set before, else what the provider begins with. */
export function draftOf(fields: readonly Field[], config: ProviderConfig): FieldDraft {
  return Object.fromEntries(
    fields.map((field) => [field.name, asDrafted(field, config[field.name] ?? field.default)]),
  );
}

function asDrafted({ type }: Field, value: ProviderConfig[string] | undefined): FieldValue {
  if (type === 'toggle') return value === true;
  if (type === 'multiselect') return Array.isArray(value) ? value : [];
  return value === undefined || type === 'password' ? '' : String(value);
}

/** Those that are shown: another one is shown and has one of the values they wait for. */
export function shownFields(fields: readonly Field[], draft: FieldDraft): Field[] {
  const shows = (field: Field, waiting: readonly string[]): boolean => {
    const { dependsOn } = field;
    if (!dependsOn) return true;
    const other = fields.find(({ name }) => name === dependsOn.name);
    if (!other || waiting.includes(other.name)) return false;
    const all = [draft[other.name] ?? ''].flat().map(String);
    return all.some((value) => dependsOn.in.includes(value)) && shows(other, [...waiting, field.name]);
  };
  return fields.filter((field) => shows(field, []));
}

/** What is wrong with `field` as it stands. `kept`: a password that is set already and stays. */
export function faultOf(field: Field, draft: FieldDraft, kept = false): FieldFault | null {
  const value = draft[field.name] ?? '';
  const isEmpty =
    typeof value === 'string' ? value.trim() === '' : Array.isArray(value) && value.length === 0;
  if (field.type === 'info' || field.type === 'toggle') return null;
  if (isEmpty) return field.required && !kept ? 'needed' : null;
  if (field.type === 'url') return isAddress(String(value)) ? null : 'addressWrong';
  if (field.type !== 'number') return null;
  const number = numberOf(String(value));
  if (!Number.isFinite(number)) return 'numberWrong';
  if (number < (field.min ?? -Infinity)) return 'numberLow';
  return number > (field.max ?? Infinity) ? 'numberHigh' : null;
}

/**
 * What the server is told: what is shown as it stands, what is hidden as it was. A password that was not typed is left
 * out, so that it stays; one of `forgotten` is emptied.
 */
export function configOf(
  fields: readonly Field[],
  draft: FieldDraft,
  before: ProviderConfig,
  forgotten: ReadonlySet<string>,
): ProviderConfig {
  const shown = new Set(shownFields(fields, draft));
  const config: ProviderConfig = {};
  for (const field of fields) {
    if (field.type === 'info') continue;
    const value = shown.has(field) ? asTold(field, draft[field.name], forgotten) : before[field.name];
    if (value !== undefined) config[field.name] = value;
  }
  return config;
}

function asTold(
  { name, type }: Field,
  value: FieldValue | undefined,
  forgotten: ReadonlySet<string>,
): ProviderConfig[string] | undefined {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return value && [...value];
  if (type === 'password') return value || (forgotten.has(name) ? '' : undefined);
  if (type === 'number') return value.trim() ? numberOf(value) : undefined;
  return value.trim() || undefined;
}

/** A comma is a point: people type as they write. */
function numberOf(text: string): number {
  return Number(text.trim().replace(',', '.'));
}

function isAddress(text: string): boolean {
  return /^https?:/i.test(text.trim()) && URL.canParse(text.trim());
}
