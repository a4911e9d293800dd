import type { ClientCapabilities, PlaybackChoice, ReasonCode } from '@hearth/contract/playback';
import type { AudioStream, MediaInfo } from '../../ffmpeg/media-info.js';
import { audioCodecProblem } from './codec-support.js';

/** Sound that fragmented MP4 carries over HLS. */
const streamable = new Set(['aac', 'mp3', 'ac3', 'eac3', 'flac', 'opus', 'alac']);
/** The same where a device says itself that it takes it in segments: no browser does. */
const onRequest = new Set(['dts', 'truehd']);

/** Sound nobody could find anything out about. */
export const isUnknownAudio = ({ codec, channels }: AudioStream): boolean =>
  codec === 'unknown' || channels === 0;

/** Why a device cannot be sent this sound as it is. More than two channels are its own business until it names a limit. */
export function audioProblems(
  audio: AudioStream,
  client: ClientCapabilities,
  claims: readonly string[],
): ReasonCode[] {
  if (isUnknownAudio(audio)) return ['audio-unknown'];
  const codec = audioCodecProblem(claims, audio);
  const tooMany = client.maxAudioChannels !== undefined && audio.channels > client.maxAudioChannels;
  return [...(codec === null ? [] : [codec]), ...(tooMany ? (['audio-channels-too-many'] as const) : [])];
}

/** The same for sound that is sent in segments. */
export function streamedAudioProblems(audio: AudioStream, client: ClientCapabilities): ReasonCode[] {
  const claims = client.streaming?.audioCodecs ?? client.audioCodecs;
  const problems = audioProblems(audio, client, claims);
  const carried =
    streamable.has(audio.codec) || (client.streaming !== undefined && onRequest.has(audio.codec));
  return problems.length > 0 || carried ? problems : ['audio-codec-unsupported'];
}

/**
 * Whether copied sound would lie a little elsewhere from every place it is read from: FLV counts milliseconds, of which
 * ffmpeg makes whole frames, beginning anew with each head.
 */
export const isRoundedSound = ({ container }: MediaInfo): boolean => container === 'flv';

const matches = (language: string | null, wanted: string): boolean =>
  language !== null && language.split('-')[0]?.toLowerCase() === wanted.split('-')[0]?.toLowerCase();

/** Whole films, told by nobody: what people mean when they name a language only. */
const isPlain = ({ flags }: AudioStream): boolean => !flags.commentary && !flags.visualImpaired;

const best = (tracks: readonly AudioStream[]): AudioStream | undefined =>
  tracks.find((track) => isPlain(track) && track.flags.default) ?? tracks.find(isPlain) ?? tracks[0];

/** The track a player begins with when nobody tells it another one. */
export const defaultTrack = (tracks: readonly AudioStream[]): AudioStream | undefined =>
  tracks.find((track) => track.flags.default) ?? tracks[0];

/** The track to begin with: the chosen one, else the first preferred language there is, else the file's default. */
export function beginningTrack(
  tracks: readonly AudioStream[],
  choice: PlaybackChoice | undefined,
  languages: readonly string[],
): { track: AudioStream | undefined; pinned: boolean } {
  const chosen = tracks.find(({ index }) => index === choice?.audioIndex);
  if (chosen) return { track: chosen, pinned: true };
  for (const language of languages) {
    const spoken = best(tracks.filter((track) => matches(track.language, language)));
    if (spoken) return { track: spoken, pinned: false };
  }
  return { track: defaultTrack(tracks), pinned: false };
}

/** A track that says the same in a form the device takes: discs carry AC-3 beside TrueHD for this. */
export function playableTwin(
  tracks: readonly AudioStream[],
  track: AudioStream,
  plays: (candidate: AudioStream) => boolean,
  most: number,
): AudioStream | undefined {
  return tracks.find(
    (other) =>
      other.index !== track.index &&
      isPlain(other) === isPlain(track) &&
      other.language === track.language &&
      track.language !== null &&
      other.channels >= Math.min(track.channels, most) &&
      plays(other),
  );
}
