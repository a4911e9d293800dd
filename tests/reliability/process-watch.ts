import { readdirSync, readFileSync } from 'node:fs';

const read = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // gone meanwhile
  }
};

/** All processes that stem from `pid` at this moment, by /proc: at once, so that none comes or goes in between. */
function descendants(pid: number): number[] {
  const children = (parent: number): number[] => {
    let threads: string[];
    try {
      threads = readdirSync(`/proc/${parent}/task`);
    } catch {
      return [];
    }
    return threads
      .flatMap((thread) => read(`/proc/${parent}/task/${thread}/children`).split(' '))
      .filter((text) => text.trim() !== '')
      .map(Number);
  };
  return children(pid).flatMap((child) => [child, ...descendants(child)]);
}

/** What a process runs, a word an element; empty once it has ended, a zombie included. */
export const wordsOf = (pid: number): string[] => read(`/proc/${pid}/cmdline`).split('\0').slice(0, -1);

const runsFfmpeg = (pid: number): boolean => /(^|\/)ffmpeg$/.test(wordsOf(pid)[0] ?? '');

/** Every ffmpeg below `pid`, whatever it is for. */
export const ffmpegsOf = (pid: number): number[] => descendants(pid).filter(runsFfmpeg);

/** The encoders and packagers among them: those that write fragments of a file to a pipe. */
export function headsOf(pid: number): { video: number[]; other: number[] } {
  const heads = ffmpegsOf(pid).filter((one) => {
    const words = wordsOf(one);
    return words.at(-1) === 'pipe:1' && words.includes('mp4') && !words.includes('lavfi');
  });
  const video = heads.filter((one) => wordsOf(one).includes('-fps_mode'));
  return { video, other: heads.filter((one) => !video.includes(one)) };
}

export const isAlive = (pid: number): boolean => wordsOf(pid).length > 0;

/** Resident memory of one process, MiB. */
export const residentMb = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024;
