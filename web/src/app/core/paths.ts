/** What the player can be asked to play. */
export type WatchKind = 'title' | 'episode' | 'file';

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
