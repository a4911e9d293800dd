/** A SearchCriteria of ContentDirectory:1 §2.5.5 as a tree. */
export type Criterion = Junction | Comparison | Existence;

export interface Junction {
  readonly kind: 'and' | 'or';
  readonly left: Criterion;
  readonly right: Criterion;
}

export interface Comparison {
  readonly kind: 'compare';
  /** `dc:title`, `upnp:class`, `@id`, `res@size`, … */
  readonly property: string;
  readonly operator:
    '=' | '!=' | '<' | '<=' | '>' | '>=' | 'contains' | 'doesNotContain' | 'startsWith' | 'derivedfrom';
  readonly value: string;
}

export interface Existence {
  readonly kind: 'exists';
  readonly property: string;
  readonly wanted: boolean;
}

/** Fault 708. */
export class SearchSyntaxError extends Error {}

/** @returns null for `*` and the empty text: everything. @throws SearchSyntaxError */
export function parseSearchCriteria(text: string): Criterion | null {
  throw new SearchSyntaxError(`not written yet ${text}`);
}
