import { isAddress } from '../common/bytes/media-address.js';

/**
 * Demuxers that read nothing but the file itself. What calls itself a film may be a playlist, and what a playlist names
 * would be fetched from inside the house.
 */
const plainFormats =
  'matroska,webm,mov,mp4,m4a,avi,mpegts,mpeg,mpegvideo,flv,ogg,mp3,aac,flac,wav,asf,m4v,h264,hevc,ivf,rm,nut,ape,wv,' +
  'aiff,ac3,eac3,dts,truehd,amr,srt,ass,webvtt,microdvd,subviewer,sup,vobsub';

/** What is allowed of an input, before its `-i`: behind an address only plain media is opened. */
export const inputGuards = (place: string): string[] =>
  isAddress(place) ? ['-protocol_whitelist', 'http,tcp', '-format_whitelist', plainFormats] : [];

/** `-i` with where media lies. Paths may hold colons, and names that ffmpeg takes for protocols (`concat:x`). */
export const mediaInput = (place: string): string[] => [
  ...inputGuards(place),
  ...['-i', isAddress(place) ? place : `file:${place}`],
];
