/** What a kind of device plays and needs, as its JSON file says it; fields that are left out there come from `generic.json`. */
export interface DeviceProfile {
  /** The file's name without ending. */
  readonly id: string;
  readonly name: string;
  /** Where this is known from: a project, an issue, a measurement. */
  readonly source: string;
  /** The profile this one is laid over, where that is not `generic`: a nearer relation of the same device. */
  readonly extends?: string;
  /** Any of these; within one, all that are given. */
  readonly match: readonly ProfileMatch[];
  readonly plays: Playable;
  /** MIME types that differ from the usual ones, by container format. */
  readonly mime: Readonly<Record<string, string>>;
  /** DLNA.ORG_PN that this device wants instead of the standard one; `""` sends none. */
  readonly profileNames: Readonly<Record<string, string>>;
  /** `none`: `*` instead of the whole fourth field of protocolInfo. */
  readonly flags: 'full' | 'none';
  readonly convert: Conversion;
  readonly didl: DidlHabits;
  readonly description: DescriptionHabits;
  /** What it draws by itself, best first; `burn`: nothing, subtitles belong into the picture. */
  readonly subtitles: readonly SubtitleWay[];
  /** DLNA.ORG_PN under which films are offered once more, as if converted, by their container format (Toshiba; minidlna). */
  readonly alsoAs: Readonly<Record<string, string>>;
  /** Largest album art it takes. */
  readonly art: 'tn' | 'sm' | 'med';
  readonly bookmark: 'seconds' | 'milliseconds';
  /** It asks for ranges of what is converted, and means nothing by it. */
  readonly ignoresRanges: boolean;
  /** It fetches films with `transferMode.dlna.org: Interactive`, which others are refused (Samsung; minidlna upnphttp.c). */
  readonly interactiveVideo: boolean;
  readonly push: PushHabits;
}

/** Regular expressions without flags, matched anywhere and without regard to case. Bundled or an administrator's, never from the network. */
export interface ProfileMatch {
  readonly userAgent?: string;
  /** `X-AV-Client-Info` */
  readonly clientInfo?: string;
  /** `FriendlyName.DLNA.ORG` */
  readonly friendlyName?: string;
  /** Of its device description, where it has one (renderers). */
  readonly manufacturer?: string;
  readonly modelName?: string;
  /** A library's name that many devices say: it never outweighs what is known better. */
  readonly weak?: boolean;
}

export interface Playable {
  /** By container format (`mp4`, `matroska`, `mpegts`, `avi`, …): codecs in it, as ffmpeg calls them; `*` is any. */
  readonly containers: Readonly<
    Record<string, { readonly video: readonly string[]; readonly audio: readonly string[] }>
  >;
  /** Music on its own: codecs, as ffmpeg calls them. */
  readonly audio: readonly string[];
  /** `jpeg`, `png`, `gif`, `webp`. */
  readonly images: readonly string[];
  readonly maxHeight?: number;
  /** Bits per second. */
  readonly maxBitrate?: number;
  readonly maxAudioChannels: number;
  /** 10 where deep colour is shown. */
  readonly bitDepth: 8 | 10;
  readonly hdr: readonly ('hdr10' | 'hdr10plus' | 'hlg' | 'dolby-vision')[];
}

/** How what it can't play is sent: MPEG-TS with H.264. */
export interface Conversion {
  readonly container: 'mpegts';
  readonly audio: 'aac' | 'ac3';
  readonly maxHeight: number;
  /** `time`: `TimeSeekRange.dlna.org`; `bytes`: ranges of a stream of constant bitrate, for players that know nothing else. */
  readonly seek: 'time' | 'bytes' | 'none';
  /** Content-Length of what has none: chunked, left out and closed at the end, or a number that is surely too large. */
  readonly length: 'chunked' | 'close' | 'huge';
  readonly profileName?: string;
  /** `DLNA.ORG_CI=0` all the same: 1 is refused (Freebox; gerbera). */
  readonly claimsOriginal?: boolean;
}

export interface DidlHabits {
  readonly date: boolean;
  /** Namespaces beyond dc, upnp and dlna that it understands. */
  readonly namespaces: readonly ('sec' | 'pv')[];
  /** Only `object.container.storageFolder` and plain items. */
  readonly plainClasses: boolean;
  /** It sorts by name: track numbers are put in front. */
  readonly numberTitles: boolean;
  /** What it asks for in SortCriteria is not meant. */
  readonly ignoreSort: boolean;
  readonly mostActors: number;
  readonly asciiOnly: boolean;
  /** It shows covers only whose address says that they are some (Xbox 360; minidlna). */
  readonly albumArtQuery: boolean;
  /** `/` in titles is a folder to it. */
  readonly replaceSlashes: boolean;
  readonly escapeApostrophes: boolean;
}

export interface DescriptionHabits {
  /** Sends Samsung's `sec:ProductCap`. */
  readonly samsung: boolean;
  /** Sends Sony's `av:aggregationFlags`. */
  readonly sony: boolean;
  /** A friendly name with a colon, and Windows Media Connect's model. */
  readonly windowsMediaConnect: boolean;
}

export type SubtitleWay = 'resource' | 'caption-info' | 'caption-info-ex' | 'pv' | 'smi' | 'burn';

export interface PushHabits {
  readonly metadata: 'full' | 'empty';
  readonly mime: Readonly<Record<string, string>>;
}
