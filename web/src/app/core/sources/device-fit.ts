/** As the server asks for it along with a title's sources (`sourceRoutes.ofTitle`). */
export interface DeviceFit {
  readonly containers: string[];
  readonly videoCodecs: string[];
  readonly audioCodecs: string[];
}

const types = {
  containers: { mp4: 'video/mp4', webm: 'video/webm', matroska: 'video/x-matroska' },
  videoCodecs: {
    h264: 'video/mp4; codecs="avc1.640028"',
    hevc: 'video/mp4; codecs="hvc1.1.6.L120.B0"',
    vp9: 'video/webm; codecs="vp09.00.40.08"',
    av1: 'video/mp4; codecs="av01.0.08M.08"',
  },
  audioCodecs: {
    aac: 'audio/mp4; codecs="mp4a.40.2"',
    mp3: 'audio/mpeg',
    opus: 'audio/webm; codecs="opus"',
    vorbis: 'audio/webm; codecs="vorbis"',
    flac: 'audio/mp4; codecs="flac"',
    ac3: 'audio/mp4; codecs="ac-3"',
    eac3: 'audio/mp4; codecs="ec-3"',
  },
};

let known: DeviceFit | undefined;

/** What this browser plays, at the levels films come in: enough to rank by. The player asks for the rest. */
export function deviceFit(): DeviceFit {
  if (known) return known;
  const video = document.createElement('video');
  const among = (names: Readonly<Record<string, string>>) =>
    Object.entries(names)
      .filter(([, type]) => video.canPlayType(type) !== '')
      .map(([name]) => name);
  return (known = {
    containers: among(types.containers),
    videoCodecs: among(types.videoCodecs),
    audioCodecs: among(types.audioCodecs),
  });
}
