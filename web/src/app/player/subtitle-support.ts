import type { ClientCapabilities } from '@hearth/contract/playback';

export type SubtitleFormat = ClientCapabilities['subtitleFormats'][number];

/** An empty module (WebAssembly core specification 2.0, section 5.5.16): magic number and version. */
const emptyModule = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** What of the global scope is asked for; the tests bring their own. */
interface Scope {
  readonly OffscreenCanvas?: unknown;
  readonly Worker?: unknown;
  readonly WebAssembly?: { readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object } | undefined;
}

/** What this browser draws over a film: ASS needs WebAssembly, and both it and pictures a canvas that a worker draws on. */
export function drawableFormats(scope: Scope = globalThis): SubtitleFormat[] {
  const canvas = scope.OffscreenCanvas !== undefined && scope.Worker !== undefined && canHandOver();
  if (!canvas) return ['vtt'];
  return runsWebAssembly(scope) ? ['vtt', 'ass', 'pgs'] : ['vtt', 'pgs'];
}

const canHandOver = (): boolean =>
  typeof HTMLCanvasElement !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

/** Some browsers have it and are forbidden to use it (lockdown modes, policies of a proxy). */
function runsWebAssembly({ WebAssembly }: Scope): boolean {
  if (!WebAssembly) return false;
  try {
    return Boolean(new WebAssembly.Module(emptyModule));
  } catch {
    return false;
  }
}
