import JASSUB from 'jassub';
// Liberation Sans 2 (SIL Open Font License 1.1): Latin, Greek, Cyrillic, Hebrew, Vietnamese.
import defaultFont from 'jassub/dist/default.woff2' with { loader: 'file' };
import modernWasm from 'jassub/dist/wasm/jassub-worker-modern.wasm' with { loader: 'file' };
import plainWasm from 'jassub/dist/wasm/jassub-worker.wasm' with { loader: 'file' };

const absolute = (address: string): string => new URL(address, document.baseURI).href;

/** Takes the place of the browser's `Worker` for {@link workerAddress}. */
class AddressOnly {
  constructor(readonly address: URL) {}
}

/** The builder bundles what stands in `new Worker(new URL(…))`; JASSUB starts its worker itself and wants an address. */
function workerAddress(): string {
  const Worker = AddressOnly;
  return new Worker(new URL('./subtitle-ass.worker', import.meta.url)).address.href;
}

/** Set by libass where a script's font is missing, or has no such letter. */
export async function fallbackFont(signal: AbortSignal): Promise<Uint8Array> {
  const reply = await fetch(absolute(defaultFont), { signal });
  if (!reply.ok) throw new Error(`The font of last resort answered ${reply.status}.`);
  return new Uint8Array(await reply.arrayBuffer());
}

/**
 * libass over `video`, on a canvas that follows it, ready to draw. Nothing is asked of anybody but this server.
 * @param script the ASS file's text @param fonts the one of last resort among them @throws when it cannot run here
 */
export async function assRenderer(
  video: HTMLVideoElement,
  script: string,
  fonts: Uint8Array[],
): Promise<JASSUB> {
  const renderer = new JASSUB({
    video,
    subContent: script,
    fonts,
    defaultFont: 'liberation sans',
    queryFonts: false,
    workerUrl: workerAddress(),
    wasmUrl: absolute(plainWasm),
    modernWasmUrl: absolute(modernWasm),
  });
  try {
    await Promise.race([renderer.ready, brokenWorker(renderer)]);
    // Its worker swallows what goes wrong and answers with nothing.
    if (!isThere(renderer.renderer)) throw new Error('libass did not start.');
    return renderer;
  } catch (error) {
    void renderer.destroy();
    renderer._worker.terminate();
    throw error;
  }
}

const isThere = (value: unknown): boolean => value !== undefined;

/** A worker whose script cannot be loaded never gets to be ready. */
function brokenWorker({ _worker }: JASSUB): Promise<never> {
  return new Promise((_, failed) => {
    _worker.addEventListener('error', () => failed(new Error('The worker of libass could not be loaded.')));
  });
}
