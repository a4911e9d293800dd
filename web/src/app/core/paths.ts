/** What the player can be asked to play. */
export type WatchKind = 'title' | 'episode' | 'file' | 'source';

const segment = (text: string, index: number) => (index === 0 ? text : encodeURIComponent(text));

/** Every address inside the app; the only place they are spelt. */
export const paths = {
  home: () => '/',
  movies: () => '/movies',
  series: () => '/series',
  /** Movies and series together, for example everything with one person. */
  everything: () => '/browse',
  music: () => '/music',
  album: (id: string) => `/music/albums/${encodeURIComponent(id)}`,
  artist: (id: string) => `/music/artists/${encodeURIComponent(id)}`,
  playlist: (id: string) => `/music/playlists/${encodeURIComponent(id)}`,
  photos: () => '/photos',
  photoAlbum: (id: string) => `/photos/albums/${encodeURIComponent(id)}`,
  search: () => '/search',
  discover: () => '/discover',
  /** What a provider lists; its first list unless one is named. */
  catalog: (providerId: string, type?: string, catalogId?: string) =>
    ['/discover', providerId, ...(type && catalogId ? [type, catalogId] : [])].map(segment).join('/'),
  /** A title that a provider has: in the library, where it is there too. */
  found: (item: { providerId: string; type: string; id: string; titleId: string | null }) =>
    item.titleId === null
      ? ['/discover/title', item.providerId, item.type, item.id].map(segment).join('/')
      : `/title/${encodeURIComponent(item.titleId)}`,
  torrents: () => '/torrents',
  torrent: (infoHash: string) => `/torrents/${encodeURIComponent(infoHash)}`,
  title: (id: string) => `/title/${encodeURIComponent(id)}`,
  watch: (kind: WatchKind, id: string) => `/watch/${kind}/${encodeURIComponent(id)}`,
  history: () => '/history',
  favorites: () => '/favorites',
  downloads: () => '/downloads',
  settings: () => '/settings',
  admin: (page = '') => (page ? `/admin/${page}` : '/admin'),
  setup: () => '/setup',
  /** `back`: where to go after signing in. */
  login: (back?: string) => (back && back !== '/' ? `/login?back=${encodeURIComponent(back)}` : '/login'),
  invite: (code: string) => `/invite/${encodeURIComponent(code)}`,
} as const;
