import type { ObjectLiteral } from 'typeorm';

/** What an account is kept from. Accounts without limits have none of this: their lists cost nothing more. */
export interface Audience {
  /** Years; what is rated for older people, or not rated, does not exist for them. Null: no limit. */
  readonly maxAge: number | null;
  readonly hiddenLibraryIds: readonly string[];
}

export interface AudienceCondition {
  sql: string;
  parameters: ObjectLiteral;
}

/** Keeps to rows whose library the audience sees: of albums, photos, files. @param column as `a.library_id` */
export function libraryCondition(audience: Audience | undefined, column: string): AudienceCondition[] {
  if (!audience || audience.hiddenLibraryIds.length === 0) return [];
  const parameters = { audienceHiddenIds: audience.hiddenLibraryIds };
  return [{ sql: `${column} NOT IN (:...audienceHiddenIds)`, parameters }];
}

/** Keeps to titles the audience sees; both columns are in ix_title_filter. What is not rated is NULL, and not less. */
export function titleCondition(audience: Audience | undefined, alias = 't'): AudienceCondition[] {
  const libraries = libraryCondition(audience, `${alias}.library_id`);
  if (!audience || audience.maxAge === null) return libraries;
  const parameters = { audienceMaxAge: audience.maxAge };
  return [...libraries, { sql: `${alias}.min_age <= :audienceMaxAge`, parameters }];
}

/** One row's visibility, without asking the database. */
export const isVisible = (
  audience: Audience | undefined,
  title: { libraryId: string; minAge: number | null },
): boolean =>
  !audience ||
  (!audience.hiddenLibraryIds.includes(title.libraryId) &&
    (audience.maxAge === null || (title.minAge !== null && title.minAge <= audience.maxAge)));
