const twins = new Map<RegExp, RegExp>();

/** The same pattern with the `g` flag, for `matchAll`; made once. */
export function globalPattern(pattern: RegExp): RegExp {
  let twin = twins.get(pattern);
  if (!twin) twins.set(pattern, (twin = new RegExp(pattern.source, `${pattern.flags}g`)));
  return twin;
}
