/** Starts a head, tells its process id, and waits to be killed: `lonely-server.ts reading|held back`. */
import { film, service } from './service.js';

const heldBack = process.argv[2] === 'held back';
const { input, video, videoTable } = await film('two-minutes.mkv');
const heads = service({ videoLimits: { nice: 5, aheadSeconds: heldBack ? 4 : 1e6, hardwareStartMs: 8000 } });
await heads.segment(input, video, videoTable, 0);
const tell = setInterval(() => {
  if (heldBack && heads.activity(input.contentKey, video.id).state !== 'throttled') return;
  process.stdout.write(`${heads.pids[0] ?? 0}\n`);
  clearInterval(tell);
}, 10);
setInterval(() => undefined, 1000);
