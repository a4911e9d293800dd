/** Starts a stream that nobody reads on, tells its process id, and waits to be killed. */
import { streamsOf } from '../../../ffmpeg/media-info.js';
import { HeadLane } from '../../head/head-lane.js';
import { inputOf, tools } from '../../head/testing/service.js';
import { videoEncode } from '../../rendition.js';
import { ContinuousService } from '../continuous.service.js';
import { markedClip } from './marked-clips.js';

const input = await inputOf(await markedClip('ten-minutes.mkv'));
const [picture] = streamsOf(input.media, 'video');
if (!picture) throw new Error('no picture');
const lanes = { video: new HeadLane(1), other: new HeadLane(1) };
const service = new ContinuousService(tools({ keyframes: () => new Promise(() => undefined) }), lanes);
const video = videoEncode(picture, 216);
const { activity } = await service.start({
  input,
  format: 'mpegts',
  video,
  fallback: video,
  sound: null,
  fromSeconds: 0,
});
const tell = setInterval(() => {
  if (activity().state !== 'throttled') return;
  process.stdout.write(`${service.pids[0] ?? 0}\n`);
  clearInterval(tell);
}, 10);
setInterval(() => undefined, 1000);
