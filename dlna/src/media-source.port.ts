import type { Readable } from 'node:stream';
import type { Guest } from './guest.js';
import type { Criterion } from './protocol/search-criteria.js';
import type { SortKey } from './protocol/sort-criteria.js';

/** A container or an item, as the host knows it; the services turn it into DIDL-Lite for the guest's profile. */
export type MediaObject = MediaContainer | MediaItem;

interface ObjectFacts {
  /** `[A-Za-z0-9$_-]{1,64}`, stable across restarts and rescans. The root is `0`. */
  readonly id: string;
  /** `-1` for the root. */
  readonly parentId: string;
  readonly title: string;
  readonly art?: Artwork;
}

export interface MediaContainer extends ObjectFacts {
  readonly type: 'container';
  readonly class: ContainerClass;
  /** Left out where counting costs: 0 hides the folder on Samsung's Tizen (rclone#3253). */
  readonly childCount?: number;
  readonly searchable: boolean;
  readonly creator?: string;
  readonly genre?: string;
  readonly date?: string;
}

export type ContainerClass =
  | 'object.container'
  | 'object.container.storageFolder'
  | 'object.container.album.musicAlbum'
  | 'object.container.album.photoAlbum'
  | 'object.container.person.musicArtist'
  | 'object.container.genre.musicGenre'
  | 'object.container.genre.movieGenre'
  | 'object.container.playlistContainer';

export type ItemClass =
  | 'object.item.videoItem'
  | 'object.item.videoItem.movie'
  | 'object.item.videoItem.videoBroadcast'
  | 'object.item.audioItem.musicTrack'
  | 'object.item.imageItem.photo';

export interface MediaItem extends ObjectFacts {
  readonly type: 'item';
  readonly class: ItemClass;
  /** The object this one is another appearance of (`refID`). */
  readonly refId?: string;
  /** ISO 8601, `YYYY-MM-DD` or with a time without zone. */
  readonly date?: string;
  readonly description?: string;
  readonly creator?: string;
  readonly genres?: readonly string[];
  readonly actors?: readonly string[];
  readonly artist?: string;
  readonly album?: string;
  readonly trackNumber?: number;
  readonly seriesTitle?: string;
  readonly episodeNumber?: number;
  readonly seasonNumber?: number;
  /** Where this guest's person stopped. */
  readonly bookmarkSeconds?: number;
  /** Best for this guest first, at least one. */
  readonly offers: readonly Offer[];
  readonly subtitles?: readonly SubtitleOffer[];
}

/** One way in which the host gives an item out: as it is, or made while it is sent. */
export interface Offer {
  /** Opaque, unguessable, `[A-Za-z0-9_-]{1,160}`: `GET /media/<resourceId>.<extension>`. */
  readonly resourceId: string;
  readonly kind: 'original' | 'converted';
  readonly format: MediaFormat;
  /** Bytes; only of originals. */
  readonly size?: number;
  readonly durationSeconds?: number;
  /** Bits per second. */
  readonly bitrate?: number;
  /** Bits per second of an MPEG-TS that is stuffed to it (`-muxrate`): a byte of it is a moment, so ranges can seek. */
  readonly constantBitrate?: number;
  readonly width?: number;
  readonly height?: number;
  readonly channels?: number;
  readonly sampleRate?: number;
  readonly bitsPerSample?: number;
}

/** What is in a file, with ffmpeg's names; MIME type, DLNA.ORG_PN and extension are derived from it and the profile. */
export interface MediaFormat {
  /** `mp4`, `matroska`, `webm`, `mpegts`, `mpegps`, `avi`, `asf`, `ogg`, `mp3`, `flac`, `wav`, `adts`, `jpeg`, `png`, `gif`, `webp`… */
  readonly container: string;
  /** `h264`, `hevc`… with what a DLNA profile name depends on. */
  readonly video?: {
    readonly codec: string;
    readonly profile?: string;
    readonly level?: number;
    readonly frameRate?: number;
  };
  readonly audio?: {
    readonly codec: string;
    /** `LC`, `HE-AAC`: only the first has the usual profile names. */
    readonly profile?: string;
    readonly channels?: number;
    readonly bitrate?: number;
  };
}

export interface SubtitleOffer {
  readonly resourceId: string;
  /** The host converts to each of these on demand, by the extension that is asked for. */
  readonly formats: readonly ('srt' | 'vtt' | 'smi')[];
  readonly language?: string;
  readonly forced?: boolean;
}

/** A JPEG in every size, made on demand: `GET /art/<resourceId>.jpg?size=tn|sm|med|lrg`. */
export interface Artwork {
  readonly resourceId: string;
}

export interface ListRequest {
  readonly start: number;
  /** 0 is all, as far as the host goes in one answer. */
  readonly count: number;
  /** Empty: the container's natural order. Keys the host does not know are left out before. */
  readonly sort: readonly SortKey[];
}

export interface Listing {
  readonly objects: readonly MediaObject[];
  /** Of the whole container, whatever was asked for. */
  readonly total: number;
}

/** What is opened for sending; with the offer it was listed by, so that the headers say what the list said. */
export type OpenedMedia = OpenedBytes | OpenedConversion;

interface Opened {
  /** Asked every few seconds while it is sent; false ends it. Left out: it may be sent to its end. */
  readonly mayGoOn?: () => Promise<boolean>;
}

/** Bytes with an end, any range of them. */
export interface OpenedBytes extends Opened {
  readonly kind: 'bytes';
  readonly format: MediaFormat;
  readonly offer?: Offer;
  readonly size: number;
  readonly durationSeconds?: number;
  readonly modified: Date;
  /** Both ends included. The package destroys the stream when the guest is gone. */
  read(from: number, to: number): Readable;
  /** SubRip of what is sent, for `CaptionInfo.sec`. */
  readonly captions?: SubtitleOffer;
}

/** Made while it is sent, from any second on. */
export interface OpenedConversion extends Opened {
  readonly kind: 'conversion';
  readonly format: MediaFormat;
  readonly offer?: Offer;
  readonly durationSeconds?: number;
  readonly captions?: SubtitleOffer;
  /** Back-pressure is the encoder's brake: a paused television stops it for hours. */
  start(fromSeconds: number): Promise<Readable>;
}

/**
 * What the host has, seen by one guest: another guest may see less. Every method answers for that guest alone; what a
 * guest may not see does not exist.
 */
export interface MediaSource {
  object(id: string, guest: Guest): Promise<MediaObject | undefined>;
  /** @returns undefined where there is no such container */
  children(id: string, request: ListRequest, guest: Guest): Promise<Listing | undefined>;
  /** Everything below the container that meets the criterion (null: everything). @returns undefined: no such container */
  search(
    id: string,
    criterion: Criterion | null,
    request: ListRequest,
    guest: Guest,
  ): Promise<Listing | undefined>;
  /** Containers of everything of a kind, for Samsung's feature list and the magic containers of Xbox and Windows. */
  readonly views: Readonly<Record<MediaView, string>>;
  /** Rises with every change, never returns to a value; 1–2³²−1. */
  updateId(): number;
  /** @returns how to stop listening */
  onChange(listener: (change: SourceChange) => void): () => void;
  open(resourceId: string, guest: Guest): Promise<OpenedMedia | undefined>;
  /** Text in UTF-8. */
  subtitle(resourceId: string, format: 'srt' | 'vtt' | 'smi', guest: Guest): Promise<Uint8Array | undefined>;
  art(resourceId: string, size: ArtSize, guest: Guest): Promise<Uint8Array | undefined>;
  /** A position the guest's device asked to be remembered. */
  bookmark(objectId: string, seconds: number, guest: Guest): Promise<void>;
  /** What the guest's device tells of an item when it has stopped playing it. */
  left(objectId: string, word: PlayWord, guest: Guest): Promise<void>;
  /** What was sent of a resource: how the host learns where the guest is. Once a second at most, and at the end. */
  sent(report: SendReport, guest: Guest): void;
}

export interface PlayWord {
  /** Where it stopped; 0 may be the end, or the beginning, or that it does not say (Kodi, of the first three minutes). */
  readonly positionSeconds?: number;
  /** To the end, or marked by hand; false: marked as not watched. */
  readonly watched?: boolean;
}

export type MediaView =
  | 'allVideo'
  | 'allAudio'
  | 'allImages'
  | 'videoFolders'
  | 'musicArtists'
  | 'musicAlbums'
  | 'musicGenres'
  | 'playlists'
  | 'imageFolders';

/** Boxes by DLNA's media format profiles: 160×160, 640×480, 1024×768, 4096×4096. */
export type ArtSize = 'tn' | 'sm' | 'med' | 'lrg';

export interface SourceChange {
  /** Containers whose children changed; empty: everything may have. */
  readonly containerIds: readonly string[];
}

export interface SendReport {
  readonly resourceId: string;
  /** One number per connection. */
  readonly transferId: number;
  readonly state: 'sending' | 'ended';
  /** Where sending began and how far it came: bytes of an original, or seconds of a conversion. */
  readonly from: number;
  readonly to: number;
  readonly unit: 'bytes' | 'seconds';
  /** Whole length in the same unit; 0 where unknown. */
  readonly length: number;
}
