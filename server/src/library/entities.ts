import { AlbumGenre } from './entities/album-genre.entity.js';
import { Album } from './entities/album.entity.js';
import { Artist } from './entities/artist.entity.js';
import { Credit } from './entities/credit.entity.js';
import { EpisodeFile } from './entities/episode-file.entity.js';
import { Episode } from './entities/episode.entity.js';
import { ExternalSubtitle } from './entities/external-subtitle.entity.js';
import { FoundSources } from './entities/found-sources.entity.js';
import { Image } from './entities/image.entity.js';
import { LibraryFolder } from './entities/library-folder.entity.js';
import { Library } from './entities/library.entity.js';
import { MediaFile } from './entities/media-file.entity.js';
import { Person } from './entities/person.entity.js';
import { PhotoAlbum } from './entities/photo-album.entity.js';
import { PhotoMonth } from './entities/photo-month.entity.js';
import { Photo } from './entities/photo.entity.js';
import { PlaylistEntry } from './entities/playlist-entry.entity.js';
import { Playlist } from './entities/playlist.entity.js';
import { Season } from './entities/season.entity.js';
import { TitleExternalId } from './entities/title-external-id.entity.js';
import { RemoteFile } from './entities/remote-file.entity.js';
import { SourcePreference } from './entities/source-preference.entity.js';
import { TitleMatch } from './matching/title-match.entity.js';
import { TitleGenre } from './entities/title-genre.entity.js';
import { Title } from './entities/title.entity.js';
import { TrackArtist } from './entities/track-artist.entity.js';
import { Track } from './entities/track.entity.js';

/** Every table of this feature, for `TypeOrmModule.forFeature` and for data sources of tests. */
export const libraryEntities = [
  Library,
  LibraryFolder,
  Image,
  Title,
  TitleGenre,
  TitleExternalId,
  TitleMatch,
  Person,
  Credit,
  Season,
  Episode,
  MediaFile,
  EpisodeFile,
  ExternalSubtitle,
  Artist,
  Album,
  AlbumGenre,
  Track,
  TrackArtist,
  PhotoAlbum,
  PhotoMonth,
  Photo,
  Playlist,
  PlaylistEntry,
  FoundSources,
  RemoteFile,
  SourcePreference,
];
