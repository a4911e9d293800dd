/** Films for the benches of streaming, and what a player asks for. */
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scanEnd } from './hearth-process.mjs';

const ffmpeg = process.env.FFMPEG_PATH || 'ffmpeg';
/** Everything is encoded for it. */
export const encodesOnly = { containers: ['none'], videoCodecs: ['none'], audioCodecs: ['aac'] };

/** `count` films of `seconds` in 720p with sound that has to be encoded. */
export async function makeFilms(directory, count, seconds) {
  await mkdir(directory, { recursive: true });
  for (let n = 0; n < count; n++) {
    const title = `Film ${String.fromCharCode(65 + n)}`;
    execFileSync(ffmpeg, [
      ...['-v', 'error', '-y', '-nostdin', '-f', 'lavfi', '-i', `testsrc2=d=${seconds}:s=1280x720:r=24`],
      ...['-f', 'lavfi', '-i', `sine=f=${300 + n}:d=${seconds}`, '-vf', 'noise=alls=8:allf=t'],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '4M', '-g', '120', '-pix_fmt', 'yuv420p'],
      ...['-c:a', 'ac3', '-ac', '2', join(directory, `${title}.mkv`)],
    ]);
  }
}

/** Adds the folder and waits for its scan. @returns its titles */
export async function addFilms(hearth, path) {
  const draft = { name: 'Bench', kind: 'movies', path };
  const { id } = await hearth.api.call('POST', '/api/libraries', draft);
  const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
  await scanEnd(hearth, id, jobId);
  return (await hearth.api.call('GET', '/api/titles')).items;
}

async function linesOf(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}: ${await response.text()}`);
  return (await response.text()).split('\n').filter(Boolean);
}

/** Opens a session. @returns its id and the addresses of its segments */
export async function play(hearth, titleId, choice) {
  const request = { titleId, client: encodesOnly, ...(choice && { choice }) };
  const session = await hearth.api.call('POST', '/api/playback', request);
  const master = new URL(session.url, hearth.url).href;
  const lines = await linesOf(master);
  const variant = lines.find((line) => !line.startsWith('#'));
  const [, sound] = lines.map((line) => /TYPE=AUDIO.*URI="([^"]+)"/.exec(line)).find(Boolean) ?? [];
  const segments = async (name) => {
    const playlist = new URL(name, master).href;
    return (await linesOf(playlist))
      .filter((line) => line.endsWith('.m4s'))
      .map((line) => new URL(line, playlist).href);
  };
  return { id: session.sessionId, video: await segments(variant), audio: await segments(sound) };
}

/** The ffmpeg processes below a server: those that encode pictures, and the other heads. */
export async function headsOf(pid) {
  const found = { video: 0, other: 0 };
  for (const one of await descendants(pid)) {
    const words = (await readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '')).split('\0').slice(0, -1);
    const isHead = /(^|\/)ffmpeg$/.test(words[0] ?? '') && words.at(-1) === 'pipe:1' && words.includes('mp4');
    if (isHead && !words.includes('lavfi')) found[words.includes('-fps_mode') ? 'video' : 'other']++;
  }
  return found;
}

async function descendants(pid) {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => ''));
  const children = (await Promise.all(lists)).join(' ').split(/\s+/).filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(descendants))).flat()];
}
