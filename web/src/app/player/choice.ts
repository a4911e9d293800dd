import type { PlaybackChoice } from '@hearth/contract/playback';

/** What of a choice stays for the next episode: quality and night mode; tracks are another file's. */
export function keptChoice({ quality, nightMode }: PlaybackChoice): PlaybackChoice {
  return { ...(quality ? { quality } : {}), ...(nightMode ? { nightMode } : {}) };
}

/** `choice` with `key` set to `value`, or without it when that is null. */
export function chosen<K extends keyof PlaybackChoice>(
  choice: PlaybackChoice,
  key: K,
  value: PlaybackChoice[K] | null,
): PlaybackChoice {
  const rest: PlaybackChoice = Object.fromEntries(Object.entries(choice).filter(([name]) => name !== key));
  return value === null ? rest : { ...rest, [key]: value };
}
