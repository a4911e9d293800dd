import type { AudioTrack, SubtitleTrack } from '@hearth/contract/playback';
import { type MediaInfo, streamsOf, type SubtitleStream } from '../ffmpeg/media-info.js';
import { fontsOf, originalFormat } from '../ffmpeg/subtitle-files.js';
import type { SubtitleFile } from '../library/playable.service.js';

type SignTrack = (track: string) => string;

const named = (...parts: (string | null)[]): string => parts.filter(Boolean).join(' · ') || 'Unknown';

/** `vtt`, or another that the device draws by itself. */
export type SubtitleFormat = SubtitleTrack['format'];

type Delivery = Pick<SubtitleTrack, 'format' | 'url' | 'burned'>;

interface Offer {
  sign: SignTrack;
  formats: readonly SubtitleFormat[];
  burned: string | null;
}

/** The form in which a track is drawn without loss. */
function ownFormat({ codec, form }: SubtitleStream): SubtitleFormat {
  return originalFormat(codec) ?? (form === 'text' ? 'vtt' : 'vobsub');
}

/** As it is where the device draws that, text as WebVTT; else there is no address: it must be drawn into the picture. */
function delivery(id: string, own: SubtitleFormat, isText: boolean, offer: Offer): Delivery {
  const { sign, formats, burned } = offer;
  const track = { burned: id === burned };
  if (own !== 'vtt' && own !== 'vobsub' && formats.includes(own))
    return { ...track, format: own, url: `${sign(id)}&format=${own}` };
  return isText && formats.includes('vtt')
    ? { ...track, format: 'vtt', url: sign(id) }
    : { ...track, format: own, url: '' };
}

const embedded = (stream: SubtitleStream, offer: Offer): SubtitleTrack => ({
  id: String(stream.index),
  ...delivery(String(stream.index), ownFormat(stream), stream.form === 'text', offer),
  language: stream.language,
  label: named(stream.title, stream.title ? null : stream.language),
  forced: stream.flags.forced,
  hearingImpaired: stream.flags.hearingImpaired,
  isDefault: stream.flags.default,
  origin: 'embedded',
});

/** Formats of files beside a film that are more than text. */
const fileFormats: Readonly<Record<string, SubtitleFormat>> = {
  ass: 'ass',
  ssa: 'ass',
  sup: 'pgs',
  idx: 'pgs',
};

/** Whether a file beside a film is words, not pictures. */
export const isText = ({ format }: SubtitleFile): boolean => fileFormats[format] !== 'pgs';

const external = (subtitle: SubtitleFile, offer: Offer): SubtitleTrack => ({
  id: subtitle.id,
  ...delivery(subtitle.id, fileFormats[subtitle.format] ?? 'vtt', isText(subtitle), offer),
  language: subtitle.language,
  label: named(subtitle.label, subtitle.label ? null : subtitle.language),
  forced: subtitle.forced,
  hearingImpaired: subtitle.hearingImpaired,
  isDefault: false,
  origin: 'external',
});

/**
 * Every subtitle there is, files beside the film first: somebody put them there on purpose.
 * @param burned id of the track that the picture carries already @param formats what the device draws by itself
 * @param growing text inside a file that is not all here, not among `media`
 */
export function subtitleTracks(
  media: MediaInfo,
  files: readonly SubtitleFile[],
  sign: SignTrack,
  burned: string | null = null,
  formats: readonly SubtitleFormat[] = ['vtt'],
  growing: readonly SubtitleStream[] = [],
): SubtitleTrack[] {
  const offer = { sign, burned, formats };
  return [
    ...files.map((file) => external(file, offer)),
    ...streamsOf(media, 'subtitle').map((stream) => embedded(stream, offer)),
    // Only for who draws them: the picture would wait for the whole film.
    ...growing
      .map((stream) => ({ ...embedded(stream, offer), growing: true }))
      .filter(({ url }) => url !== ''),
  ];
}

/** Fonts that came with the film, where it has subtitles to set in them. @param sign signs the path of a stream index */
export function subtitleFonts(media: MediaInfo, sign: SignTrack): { name: string; url: string }[] {
  const isNeeded = streamsOf(media, 'subtitle').some(({ codec }) => originalFormat(codec) === 'ass');
  return isNeeded
    ? fontsOf(media).map(({ index, name }) => ({ name: name ?? `Font ${index}`, url: sign(String(index)) }))
    : [];
}

export function audioTracks(media: MediaInfo): AudioTrack[] {
  return streamsOf(media, 'audio').map((stream) => ({
    index: stream.index,
    language: stream.language,
    label: named(stream.title, stream.title ? null : stream.language, stream.channelLayout),
    codec: stream.codec,
    channels: stream.channels,
    isDefault: stream.flags.default,
  }));
}
