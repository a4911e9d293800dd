import type { Field, ProviderConfig } from '@hearth/contract/provider-manifest';
import { ProblemError } from '../../common/problem-error.js';

type Value = ProviderConfig[string];

const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0);

/** Whether a field counts, by what others say. */
const applies = (field: Field, config: ProviderConfig): boolean => {
  if (!field.dependsOn) return true;
  const other = config[field.dependsOn.name];
  return [other].flat().some((value) => field.dependsOn?.in.includes(String(value)));
};

/** With defaults where nothing was said. */
export function filledConfig(fields: readonly Field[], config: ProviderConfig): ProviderConfig {
  const defaults = fields.flatMap(({ name, default: value }) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return { ...Object.fromEntries(defaults), ...config };
}

/** The labels of what it still has to be told. */
export function missingFields(fields: readonly Field[], config: ProviderConfig): string[] {
  const filled = filledConfig(fields, config);
  return fields
    .filter((field) => field.required && field.type !== 'info' && applies(field, filled))
    .filter(({ name }) => isEmpty(filled[name]))
    .map(({ label }) => label);
}

/**
 * What is saved: what was given, and passwords that were left out as they are; an empty value is none.
 * @throws ProblemError VALIDATION_FAILED naming every faulty field
 */
export function checkedConfig(
  fields: readonly Field[],
  given: ProviderConfig,
  former: ProviderConfig,
): ProviderConfig {
  const errors = Object.entries(given).flatMap(([name, value]) => {
    const fault = faultOf(
      fields.find((field) => field.name === name),
      value,
    );
    return fault === null ? [] : [{ path: `config.${name}`, message: fault }];
  });
  if (errors.length > 0) {
    const detail = errors.map(({ path, message }) => `${path}: ${message}`).join('; ');
    throw new ProblemError('VALIDATION_FAILED', { detail, errors: errors.slice(0, 20) });
  }
  const secrets = fields.filter(({ type, name }) => type === 'password' && former[name] !== undefined);
  const kept = secrets.map(({ name }) => [name, former[name] ?? ''] as const);
  const all = Object.entries({ ...Object.fromEntries(kept), ...given });
  return Object.fromEntries(all.filter(([, value]) => !isEmpty(value)));
}

/** Null: nothing is wrong with it. */
function faultOf(field: Field | undefined, value: Value): string | null {
  if (!field || field.type === 'info') return 'there is no such setting';
  if (value === '') return null;
  if (field.type === 'toggle') return typeof value === 'boolean' ? null : 'not true or false';
  if (field.type === 'number') return numberFault(field, value);
  if (field.type === 'multiselect') {
    const chosen = Array.isArray(value) ? value : null;
    return chosen?.every((one) => isOption(field, one)) ? null : 'not among the options';
  }
  if (typeof value !== 'string') return 'not a text';
  if (field.type === 'select') return isOption(field, value) ? null : 'not among the options';
  if (field.type === 'url')
    return /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? null : 'not an address';
  return null;
}

const isOption = ({ options = [] }: Field, value: string): boolean => options.some(({ id }) => id === value);

function numberFault({ min = -Infinity, max = Infinity }: Field, value: Value): string | null {
  if (typeof value !== 'number') return 'not a number';
  return value >= min && value <= max ? null : `not from ${min} to ${max}`;
}
