const video = new Set(
  '3g2 3gp amv asf avi divx dv dvr-ms evo f4v flv h264 hevc iso ivf m1v m2t m2ts m2v m4v mk3d mkv mov mp4 mpe mpeg mpg mts mxf nsv nuv ogm ogv qt rec rm rmvb tp trp ts vdr vob vro webm wmv wtv y4m'.split(
    ' ',
  ),
);
const audio = new Set(
  'aac ac3 aif aifc aiff alac ape dff dsf dts eac3 flac m4a m4b mka mp2 mp3 mpc oga ogg opus spx tta wav wma wv'.split(
    ' ',
  ),
);
/** Sensor data as cameras of all makers store it: no picture until somebody develops it. */
const rawPhoto = new Set('3fr arw cr2 cr3 dng nef nrw orf pef raf rw2 srw'.split(' '));
const image = new Set([
  ...'jpg jpeg jpe jfif png webp avif gif bmp tbn tif tiff heic heif hif'.split(' '),
  ...rawPhoto,
]);
const subtitle = new Set('srt ass ssa vtt sub sup idx'.split(' '));
const playlist = new Set('m3u m3u8 pls'.split(' '));

export type FileKind = 'video' | 'audio' | 'image' | 'subtitle' | 'playlist' | 'nfo';

/** Lower case, without the dot; empty where there is none. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The name without its ending. */
export function baseOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot <= 0 ? name : name.slice(0, dot);
}

/** Mostly HEVC inside, as phones and newer cameras store it. */
export const isHeic = (name: string): boolean => /^(?:hei[cf]|hif)$/.test(extensionOf(name));

export const isRawPhoto = (name: string): boolean => rawPhoto.has(extensionOf(name));

/** What a file is by its ending; null for what a library has no use for. */
export function fileKindOf(name: string): FileKind | null {
  const extension = extensionOf(name);
  if (video.has(extension)) return 'video';
  if (subtitle.has(extension)) return 'subtitle';
  if (image.has(extension)) return 'image';
  if (audio.has(extension)) return 'audio';
  if (playlist.has(extension)) return 'playlist';
  return extension === 'nfo' ? 'nfo' : null;
}
