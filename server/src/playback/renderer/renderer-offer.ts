import type { RendererMedia } from './renderer-capabilities.js';

/** A subtitle track that can be sent beside the film: `resource` is the id its text is asked by. */
export interface RendererSubtitle {
  /** Stream index, or id of a subtitle file: what `SubtitleService` knows it by. */
  readonly id: string;
  readonly language: string | null;
  readonly label: string | null;
  readonly forced: boolean;
  /** Only text can be sent beside; bitmaps can be drawn into the picture. */
  readonly form: 'text' | 'bitmap';
  readonly origin: 'embedded' | 'external';
}

/** How one file reaches one renderer. */
export interface RendererOffer {
  readonly fileId: string;
  /** Of the file, without folders. */
  readonly fileName: string;
  /** ms since the epoch */
  readonly modifiedMs: number;
  /** The better way; `none`: nothing of it can be shown there. */
  readonly action: 'direct' | 'convert' | 'none';
  /** Why it is converted, in words a person can read; empty for a file that plays as it is. */
  readonly reasons: readonly string[];
  /** The file as it is. */
  readonly original: RendererMedia;
  /** What a conversion would be; null where there is none, as of photos. */
  readonly converted: RendererMedia | null;
  readonly subtitles: readonly RendererSubtitle[];
  /** Id of the subtitle that a conversion draws into the picture by itself, as the viewer wishes; null for none. */
  readonly burned: string | null;
}
