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

const longest = 4096;
const deepest = 32;

/**
 * The whole grammar: `and` binds tighter than `or`, parentheses, `\"` and `\\` in values, keywords in any case; `&quot;`
 * where a device escaped once too often.
 * @returns null for `*` and the empty text: everything. @throws SearchSyntaxError
 */
export function parseSearchCriteria(text: string): Criterion | null {
  if (text.length > longest) throw new SearchSyntaxError('too long');
  const plain = text.includes('"') ? text.trim() : text.replaceAll('&quot;', '"').trim();
  if (plain === '' || plain === '*') return null;
  const reader = new CriteriaReader(plain);
  const criterion = reader.alternatives(0);
  reader.end();
  return criterion;
}

type Operator = Comparison['operator'];

/** Longer ones before those they begin with. */
const symbols: readonly Operator[] = ['!=', '<=', '>=', '=', '<', '>'];
const words = new Map<string, Operator>([
  ['contains', 'contains'],
  ['doesnotcontain', 'doesNotContain'],
  ['startswith', 'startsWith'],
  ['derivedfrom', 'derivedfrom'],
]);

/** Recursive descent, one place in the text at a time. */
class CriteriaReader {
  private at = 0;

  constructor(private readonly text: string) {}

  alternatives(depth: number): Criterion {
    let left = this.conjunction(depth);
    while (this.keyword('or')) left = { kind: 'or', left, right: this.conjunction(depth) };
    return left;
  }

  end(): void {
    if (this.rest(/\s*/y) === undefined || this.at < this.text.length) this.fail('more after the end');
  }

  private conjunction(depth: number): Criterion {
    let left = this.term(depth);
    while (this.keyword('and')) left = { kind: 'and', left, right: this.term(depth) };
    return left;
  }

  private term(depth: number): Criterion {
    if (this.rest(/\s*\(/y) === undefined) return this.relation();
    if (depth >= deepest) this.fail('too deep');
    const inside = this.alternatives(depth + 1);
    if (this.rest(/\s*\)/y) === undefined) this.fail('a parenthesis is open');
    return inside;
  }

  private relation(): Criterion {
    const property = this.rest(/\s*[A-Za-z@][\w:@.-]*/y)?.trim() ?? this.fail('no property');
    if (this.keyword('exists')) {
      const wanted = this.rest(/\s*"?(?:true|false)\b"?/iy) ?? this.fail('neither true nor false');
      return { kind: 'exists', property, wanted: /true/i.test(wanted) };
    }
    return { kind: 'compare', property, operator: this.operator(), value: this.value() };
  }

  private operator(): Operator {
    const found = this.rest(/\s*(?:[!<>]?=|[<>]|[A-Za-z]+)/y)?.trim() ?? '';
    return (
      symbols.find((symbol) => symbol === found) ?? words.get(found.toLowerCase()) ?? this.fail('no operator')
    );
  }

  private value(): string {
    const quoted = this.rest(/\s*"(?:[^"\\]|\\[^])*"/y)?.trim() ?? this.fail('no value in quotes');
    return quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
  }

  private keyword(word: 'and' | 'or' | 'exists'): boolean {
    return this.rest(keywords[word]) !== undefined;
  }

  /** What the (sticky) pattern finds here; the place moves behind it. */
  private rest(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    this.at += found?.length ?? 0;
    return found;
  }

  private fail(why: string): never {
    throw new SearchSyntaxError(`${why}, at ${this.at}`);
  }
}

const keywords = { and: /\s*and\b/iy, or: /\s*or\b/iy, exists: /\s*exists\b/iy } as const;
