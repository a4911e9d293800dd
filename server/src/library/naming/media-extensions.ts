/**
 * Endings that are dropped before a name is read: every medium, plus the files that lie beside one and share its name.
 * Containers per https://en.wikipedia.org/wiki/Video_file_format and FFmpeg's demuxer list.
 */
const VIDEO =
  '3g2 3gp amv asf asx avi bdmv bik dat dav dvr-ms evo f4v flc fli flv ifo img ismv iso ivf m1v m2t m2ts m2v m4e m4v mk3d mks mkv mov mp4 mp4v mpe mpeg mpg mpv mts mxf nrg nsv nuv ogg ogm ogv ogx pva qt ram rec rm rmvb strm svi swf ts tp trp ty vdr vob viv vp6 vro webm wm wmv wtv wvx y4m';
const AUDIO = 'aiff ape m4a m4b mka oga wav wma wv';
const BESIDE =
  'ass dfxp idx jpeg jpg lrc nfo nzb png sbv smi srt ssa stl sub sup torrent ttml txt vtt xml par2 rar zip 7z disc';

/** Files about a file: another ending may stand before theirs. */
const WRAPPERS = new Set(['torrent', 'nzb', 'strm', 'nfo', 'zip', 'rar', '7z']);

const ENDINGS = new Set(`${VIDEO} ${AUDIO} ${BESIDE}`.split(' '));

/** The name without its media ending (`a.b.mkv` → `a.b`, `film.mkv.torrent` → `film`); other endings stay. */
export function withoutExtension(name: string): string {
  const dot = name.lastIndexOf('.');
  const ending = name.slice(dot + 1).toLowerCase();
  if (dot < 0 || !ENDINGS.has(ending)) return name;
  const rest = name.slice(0, dot);
  return WRAPPERS.has(ending) ? withoutExtension(rest) : rest;
}
