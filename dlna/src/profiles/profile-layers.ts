/** JSON as it is read: what a profile is made of before it is known to be one. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Objects that are lists in truth: who gives one means all of it. */
const WHOLE = new Set(['plays.containers']);

/** What a device says of itself is never inherited from the device it resembles. */
const OWN = ['name', 'source', 'match', 'extends'];

/**
 * Lays one profile over another: objects are merged, lists and values replaced, `null` takes away.
 * @param path where in the profile both are, with dots
 */
export function layOver(base: JsonObject, over: JsonObject, path = ''): JsonObject {
  const merged: Record<string, Json> = { ...base };
  for (const [name, value] of Object.entries(over)) {
    const at = path ? `${path}.${name}` : name;
    const below = merged[name];
    if (value === null) Reflect.deleteProperty(merged, name);
    else if (isJsonObject(value) && isJsonObject(below) && !WHOLE.has(at))
      merged[name] = layOver(below, value, at);
    else merged[name] = value;
  }
  return merged;
}

/** What another profile inherits of this one. */
export function inheritable(profile: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(profile).filter(([name]) => !OWN.includes(name)));
}
