/**
 * Memory of all processes, idle: RSS and PSS after `--seconds` (60) without work; beside it a bare Node process.
 * `--media DIR` scans a folder first. Needs the built server.
 */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';
import { memoryOf, scanEnd, startHearth } from './hearth-process.mjs';
import { table, target } from './table.mjs';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '60' }, media: { type: 'string' } },
});
const budget = 150;

const bare = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
const hearth = await startHearth();
try {
  await hearth.api.setUp();
  if (values.media) {
    const draft = { name: 'Bench', kind: 'mixed', path: values.media };
    const { id } = await hearth.api.call('POST', '/api/libraries', draft);
    const { jobId } = await hearth.api.call('POST', `/api/libraries/${id}/scan`, {});
    await scanEnd(hearth, id, jobId);
  }
  await new Promise((resolve) => setTimeout(resolve, Number(values.seconds) * 1000));
  const ours = await memoryOf(hearth.pid);
  const node = await memoryOf(bare.pid);
  const row = (name, { processes, rss, pss }) => [name, processes, rss.toFixed(0), pss.toFixed(0)];
  table(['idle', 'processes', 'RSS MiB', 'PSS MiB'], [row('Hearth', ours), row('bare Node', node)]);
  target(`RSS of all processes ${ours.rss.toFixed(0)} MiB, target ≤ ${budget}`, ours.rss <= budget);
} finally {
  bare.kill();
  await hearth.stop();
}
