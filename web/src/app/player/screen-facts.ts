import type { ClientCapabilities } from '@hearth/contract/playback';

/** What the screen and the speakers take. */
export type ScreenFacts = Pick<ClientCapabilities, 'hdr' | 'maxAudioChannels'>;

type HdrFormat = NonNullable<ClientCapabilities['hdr']>[number];

/** What has to be decodable for a format to count (Media Capabilities §2.2: transfer function, gamut, metadata). */
const hdrProbes: readonly {
  readonly format: HdrFormat;
  readonly ask: Pick<VideoConfiguration, 'transferFunction' | 'hdrMetadataType'>;
}[] = [
  { format: 'hdr10', ask: { transferFunction: 'pq', hdrMetadataType: 'smpteSt2086' } },
  { format: 'hdr10plus', ask: { transferFunction: 'pq', hdrMetadataType: 'smpteSt2094-40' } },
  { format: 'dolby-vision', ask: { transferFunction: 'pq', hdrMetadataType: 'smpteSt2094-10' } },
  { format: 'hlg', ask: { transferFunction: 'hlg' } },
];

/** 10-bit codecs that HDR comes in; one that is decoded is enough. */
const hdrCodecs = [
  'video/mp4; codecs="hvc1.2.4.L153.B0"',
  'video/mp4; codecs="av01.0.13M.10.0.110.09.16.09.0"',
  'video/webm; codecs="vp09.02.51.10.01.09.16.09.00"',
];

/** Browsers that map HDR to an ordinary screen by themselves: nothing needs converting for them. */
const mapsTones = /^(?!.*(?:Firefox|Mobile|Android)).*(?:Chrome|Safari)\//;

/** What this needs of the browser; the tests bring their own. */
export interface ScreenProbe {
  readonly userAgent: string;
  /** `(dynamic-range: high)` */
  highRange(): boolean;
  /** Media Capabilities' answer for a picture. */
  decodes(video: VideoConfiguration): Promise<boolean>;
  /** Channels of the sound card, undefined when it can't be asked. */
  channels(): number | undefined;
}

/** HDR formats shown as such, and the number of channels. `hdr` is left out where the browser maps tones itself. */
export async function screenFacts(probe: ScreenProbe): Promise<ScreenFacts> {
  const channels = probe.channels();
  return {
    ...(await hdrOf(probe)),
    ...(channels === undefined ? {} : { maxAudioChannels: Math.min(8, Math.max(1, Math.floor(channels))) }),
  };
}

async function hdrOf(probe: ScreenProbe): Promise<Pick<ScreenFacts, 'hdr'>> {
  if (!probe.highRange()) return mapsTones.test(probe.userAgent) ? {} : { hdr: [] };
  const picture = {
    width: 3840,
    height: 2160,
    bitrate: 25_000_000,
    framerate: 24,
    colorGamut: 'rec2020',
  } as const;
  const shown = await Promise.all(
    hdrProbes.map(async ({ ask }) => {
      const answers = hdrCodecs.map((contentType) => probe.decodes({ contentType, ...picture, ...ask }));
      return (await Promise.all(answers)).includes(true);
    }),
  );
  return { hdr: hdrProbes.filter((_, index) => shown[index]).map(({ format }) => format) };
}

/** Asks this browser. */
export function browserScreen(): ScreenProbe {
  return {
    userAgent: navigator.userAgent,
    highRange: () => matchMedia('(dynamic-range: high)').matches,
    decodes: (video) =>
      navigator.mediaCapabilities.decodingInfo({ type: 'media-source', video }).then(
        ({ supported }) => supported,
        // Members it does not know make it throw: then it does not show them either.
        () => false,
      ),
    channels: soundChannels,
  };
}

function soundChannels(): number | undefined {
  // Before a person has done anything, browsers complain about sound; two channels are what is assumed then.
  if (
    typeof AudioContext === 'undefined' ||
    ('userActivation' in navigator && !navigator.userActivation.hasBeenActive)
  )
    return undefined;
  const context = new AudioContext();
  const channels = context.destination.maxChannelCount;
  void context.close().catch(() => {});
  return channels;
}
