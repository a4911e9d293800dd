/** Kinds of things that are found by what is said of them. */
export const objectKinds = [
  'movie',
  'episode',
  'track',
  'photo',
  'album',
  'artist',
  'photo-album',
  'playlist',
] as const;
export type ObjectKind = (typeof objectKinds)[number];

/** What can be said of them; a kind that has no such thing is met by no condition on it. */
export type ObjectField =
  'name' | 'genre' | 'person' | 'artist' | 'album' | 'year' | 'date' | 'number' | 'duration' | 'size';

export type ObjectOperator =
  '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'doesNotContain' | 'startsWith';

/** A condition as a tree: what a television's search grammar comes down to for one kind. */
export type ObjectCondition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly left: ObjectCondition; readonly right: ObjectCondition }
  | {
      readonly kind: 'compare';
      readonly field: ObjectField;
      readonly operator: ObjectOperator;
      readonly value: string;
    }
  | { readonly kind: 'exists'; readonly field: ObjectField; readonly wanted: boolean }
  | { readonly kind: 'ids'; readonly ids: readonly string[]; readonly wanted: boolean };

export const always: ObjectCondition = { kind: 'constant', value: true };
export const never: ObjectCondition = { kind: 'constant', value: false };

/** Joined, with what is certain left out. */
export function junction(kind: 'and' | 'or', left: ObjectCondition, right: ObjectCondition): ObjectCondition {
  const decisive = kind === 'or';
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.kind === 'constant') return one.value === decisive ? one : other;
  }
  return { kind, left, right };
}
