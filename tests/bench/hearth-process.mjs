/** A Hearth of its own for a bench: the built server, with data nobody will miss. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const root = join(import.meta.dirname, '../..');
/** `HEARTH_ENTRY`: another build than this tree's, as in tests/support/hearth.ts. */
const entry = process.env.HEARTH_ENTRY ?? join(root, 'server/dist/main.js');

/** What `npm start` sets (ADR 26). */
const [, tunables] = /GLIBC_TUNABLES=(\S+)/.exec(readFileSync(join(root, 'package.json'), 'utf8'));

/** @param {string[]} command what to run; `--data` and `--port` are added */
export async function startHearth(command = [process.execPath, entry]) {
  const data = await mkdtemp(join(tmpdir(), 'hearth-bench-data-'));
  const hearth = { ...(await launch(command, data)), data, api: undefined };
  hearth.api = serverApi(hearth.url);
  hearth.stop = async () => {
    await hearth.end();
    await rm(data, { recursive: true, force: true });
  };
  return hearth;
}

/** Starts the process on existing data. @returns its URL and how to end it */
export async function launch(command, data) {
  const [program, ...args] = command;
  const child = spawn(program, [...args, '--data', data, '--port', '0'], {
    cwd: root,
    env: {
      UV_THREADPOOL_SIZE: '8',
      GLIBC_TUNABLES: tunables,
      NODE_ENV: 'production',
      ...process.env,
      HOST: '127.0.0.1',
      DATABASE_URL: '',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const printed = [];
  const port = await new Promise((found, failed) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      printed.push(line);
      const [, number] = /Hearth is ready.*"port":(\d+)/.exec(line) ?? [];
      if (number) found(number);
    });
    child.once('exit', (code) => failed(new Error(`Hearth ended with ${code}:\n${printed.join('\n')}`)));
  });
  const end = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  return { pid: child.pid, url: `http://127.0.0.1:${port}`, end, printed };
}

/** A small client: `call('POST', '/api/x', body)` gives the parsed answer or throws. */
export function serverApi(url) {
  let token;
  const call = async (method, path, body) => {
    const response = await fetch(url + path, {
      method,
      headers: {
        ...(body && { 'content-type': 'application/json' }),
        ...(token && { authorization: `Bearer ${token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  };
  const account = { username: 'bench', password: 'long enough' };
  const enter = async (path) => {
    ({ accessToken: token } = await call('POST', path, account));
    return { accessToken: token };
  };
  const setUp = () => enter('/api/setup');
  /** Anew: what it gives is good for a quarter of an hour. */
  const signIn = () => enter('/api/auth/login');
  return { call, setUp, signIn };
}

/** Waits until the library's scan ended. */
export async function scanEnd(hearth, id, jobId) {
  for (;;) {
    const { items } = await hearth.api.call('GET', '/api/jobs?limit=50');
    const job = items.find((one) => one.id === jobId);
    if (job?.state === 'done') return;
    if (['failed', 'cancelled'].includes(job?.state)) throw new Error(`The scan ${job.state}: ${job.error}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Memory of a process and everything below it, MiB. PSS counts shared pages by share. */
export async function memoryOf(pid) {
  const family = await descendants(pid);
  let [rss, pss] = [0, 0];
  for (const one of family) {
    const rollup = await readFile(`/proc/${one}/smaps_rollup`, 'utf8').catch(() => '');
    rss += Number(/^Rss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
    pss += Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1] ?? 0);
  }
  return { processes: family.length, rss: rss / 1024, pss: pss / 1024 };
}

/** CPU seconds a process has used. */
export async function cpuOf(pid) {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** CPU seconds of a process and everything below it that still lives. */
export async function cpuOfFamily(pid) {
  const family = await descendants(pid);
  const parts = await Promise.all(family.map((one) => cpuOf(one).catch(() => 0)));
  return parts.reduce((sum, part) => sum + part, 0);
}

async function descendants(pid) {
  const tasks = await readdir(`/proc/${pid}/task`).catch(() => []);
  const lists = tasks.map((task) => readFile(`/proc/${pid}/task/${task}/children`, 'utf8').catch(() => ''));
  const children = (await Promise.all(lists)).join(' ').split(/\s+/).filter(Boolean).map(Number);
  return [pid, ...(await Promise.all(children.map(descendants))).flat()];
}
