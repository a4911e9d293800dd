import type { Inspection, Inspector, ProbeOptions } from '../ffmpeg/media-probe.js';

/** The inspector as something to inject: the probe pool in the server, a fake in specs. */
export abstract class InspectorPort implements Inspector {
  abstract inspect(path: string, options?: ProbeOptions): Promise<Inspection>;
}
