import { PgsRenderer } from 'libpgs';
import worker from 'libpgs/dist/libpgs.worker.js' with { loader: 'file' };

/** Draws on `canvas`, in a worker where the browser can. */
export function pgsRenderer(canvas: HTMLCanvasElement): PgsRenderer {
  return new PgsRenderer({ canvas, workerUrl: new URL(worker, document.baseURI).href });
}
