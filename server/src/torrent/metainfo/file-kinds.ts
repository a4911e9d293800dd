import type { TorrentFileKind } from '@hearth/contract/torrent';

/**
 * What a file is by its ending; media containers per FFmpeg's list of demuxers, subtitles per its list of subtitle
 * formats. Endings that mean several things (`.dat`, `.bin`, `.iso`) are `other`.
 */
const ENDINGS: Readonly<Record<Exclude<TorrentFileKind, 'other'>, string>> = {
  video:
    '3g2 3gp amv asf avi divx dv evo f4v flv h264 h265 hevc ivf m1v m2t m2ts m2v m4v mk3d mkv mov mp4 mp4v mpe mpeg mpg mpv mts mxf nsv nut obu ogm ogv ogx qt rm rmvb roq tp trp ts vob webm wm wmv wtv y4m',
  audio:
    'aac ac3 aif aiff alac amr ape au awb caf dff dsf dts dtshd eac3 ec3 flac gsm it m4a m4b m4r mka mlp mod mp1 mp2 mp3 mpa mpc oga ogg opus ra s3m shn spx tak thd truehd tta voc w64 wav wma wv xm',
  subtitle: 'ass dfxp idx lrc mks sami sbv smi srt ssa stl sub sup ttml usf vtt',
  image: 'avif bmp gif heic heif jfif jpe jpeg jpg jxl png tif tiff webp',
};

const KIND = new Map(
  (['video', 'audio', 'subtitle', 'image'] as const).flatMap((kind) =>
    ENDINGS[kind].split(' ').map((ending) => [ending, kind] as const),
  ),
);

/** The ending in lower case without its dot; empty where there is none. Blanks and dots after it do not hide it. */
export function fileEnding(name: string): string {
  const trimmed = name.replace(/[\s.]+$/u, '');
  return /[^.]\.([^.\s]{1,16})$/u.exec(trimmed)?.[1]?.toLowerCase() ?? '';
}

export function fileKind(name: string): TorrentFileKind {
  return KIND.get(fileEnding(name)) ?? 'other';
}

/** The name without an ending that is one of a medium. */
export function withoutMediaEnding(name: string): string {
  const ending = fileEnding(name);
  return KIND.has(ending) ? name.slice(0, name.toLowerCase().lastIndexOf(`.${ending}`)) : name;
}
