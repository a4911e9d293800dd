import type { PlaybackSession } from '@hearth/contract/playback';

/** Something that happened by itself and is worth a line. */
export type PlaybackNotice =
  | { readonly kind: 'converted'; readonly session: PlaybackSession }
  | { readonly kind: 'stepped'; readonly quality: string }
  | { readonly kind: 'choiceFailed'; readonly detail: string };
