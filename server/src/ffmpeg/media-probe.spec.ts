import { Binaries } from './binaries.js';
import { FfprobeProbe } from './ffprobe-probe.js';
import { InProcessProbe } from './in-process-probe.js';
import { probeContract } from './media-probe.contract.js';

probeContract('InProcessProbe', () => new InProcessProbe(), { broadcast: false });
probeContract('FfprobeProbe', () => new FfprobeProbe(new Binaries().ffprobe), { broadcast: true });
