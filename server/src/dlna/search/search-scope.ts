import { type ObjectKind, objectKinds, type ObjectScope } from '../../library/lists/object-search.service.js';

/** What is below a container: kinds of things, each with what narrows it. */
export type SearchScope = Readonly<Partial<Record<ObjectKind, ObjectScope>>>;

/** Below both; a kind that both have is taken whole, for our containers overlap only where one holds all. */
export function joinScopes(scopes: readonly SearchScope[]): SearchScope {
  const joined: Partial<Record<ObjectKind, ObjectScope>> = {};
  for (const scope of scopes)
    for (const kind of objectKinds) {
      const part = scope[kind];
      if (part) joined[kind] = joined[kind] ? {} : part;
    }
  return joined;
}
