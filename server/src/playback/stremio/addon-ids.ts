/** What add-ons call a title: by IMDb where it is known, so that others' streams and subtitles fit; else by our own id. */
export function addonId({
  id,
  externalIds,
}: {
  id: string;
  externalIds: Readonly<Record<string, string>>;
}): string {
  const { imdb } = externalIds;
  return imdb !== undefined && isImdb(imdb) ? imdb : `${ownPrefix}${id}`;
}

export const ownPrefix = 'hearth:';

/** A title, or an episode of it, as an add-on's id names it. */
export interface AddonReference {
  readonly imdb?: string;
  readonly titleId?: string;
  readonly season?: number;
  readonly episode?: number;
}

/** `tt0108778`, `tt0108778:1:2`, `hearth:<id>`, `hearth:<id>:1:2`. @returns null for any other */
export function readAddonId(text: string): AddonReference | null {
  const [, name = '', season, episode] =
    /^((?:hearth:)?[\w-]{1,64})(?::(\d{1,5}):(\d{1,6}))?$/.exec(text) ?? [];
  const place = season === undefined ? {} : { season: Number(season), episode: Number(episode) };
  if (name.startsWith(ownPrefix)) return { titleId: name.slice(ownPrefix.length), ...place };
  return isImdb(name) ? { imdb: name, ...place } : null;
}

export const isImdb = (id: string): boolean => /^tt\d{5,12}$/.test(id);
