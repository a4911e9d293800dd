import type { ClientCapabilities, PlaybackChoice, StreamDecision } from '@hearth/contract/playback';
import { type MediaInfo, streamsOf, type SubtitleStream } from '../../ffmpeg/media-info.js';

type Format = ClientCapabilities['subtitleFormats'][number];

/** The form in which a track can be drawn without loss. Those of discs and broadcasts are rewritten for it. */
const ownFormats: Readonly<Record<string, Format>> = {
  ass: 'ass',
  ssa: 'ass',
  webvtt: 'vtt',
  hdmv_pgs_subtitle: 'pgs',
  dvd_subtitle: 'pgs',
  dvb_subtitle: 'pgs',
};

const decision = (
  { index, codec }: SubtitleStream,
  action: StreamDecision['action'],
  to: string,
): StreamDecision => ({
  index,
  action,
  from: codec,
  to,
  reasons: action === 'burn' ? ['subtitle-needs-burning'] : [],
});

/**
 * How the chosen subtitle reaches the viewer: as it is, as WebVTT, or drawn into the picture where the device draws
 * neither. Null where none is chosen, or one beside the file is, which always goes as WebVTT.
 */
export function subtitleWay(
  media: MediaInfo,
  client: ClientCapabilities,
  choice: PlaybackChoice | undefined,
): StreamDecision | null {
  const track = streamsOf(media, 'subtitle').find(({ index }) => String(index) === choice?.subtitleId);
  if (track === undefined) return null;
  const own = ownFormats[track.codec];
  if (own !== undefined && client.subtitleFormats.includes(own))
    return decision(track, /^dv[bd]_/.test(track.codec) ? 'convert' : 'copy', own);
  const asText = track.form === 'text' && client.subtitleFormats.includes('vtt');
  return asText ? decision(track, 'convert', 'vtt') : decision(track, 'burn', 'picture');
}
