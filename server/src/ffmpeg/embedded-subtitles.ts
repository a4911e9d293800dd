import { closeSync, fstatSync, openSync } from 'node:fs';
import { FileBytes } from './file-bytes.js';
import { matroskaCues } from './matroska-subtitles.js';
import { looksLikeMatroska } from './matroska-segment.js';
import { mp4Cues } from './mp4-subtitles.js';
import { looksLikeMp4 } from './mp4-probe.js';
import { formatWebVtt } from './webvtt.js';

/** Small reads: subtitle blocks lie far apart, and each is a line of text. */
const BLOCK = 2048;

/**
 * A text track as WebVTT by the container's index; null if the container has none that lists the track.
 * Synchronous: a worker thread runs it. @throws the system's error or ProbeFailed
 */
export function indexedSubtitles(path: string, streamIndex: number): string | null {
  const fd = openSync(path, 'r');
  try {
    const file = new FileBytes(fd, fstatSync(fd).size, BLOCK);
    const head = file.read(0, 64);
    const cues = looksLikeMatroska(head)
      ? matroskaCues(file, streamIndex)
      : looksLikeMp4(head)
        ? mp4Cues(file, streamIndex)
        : null;
    return cues && formatWebVtt(cues);
  } finally {
    closeSync(fd);
  }
}
