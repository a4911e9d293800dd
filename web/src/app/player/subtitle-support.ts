import type { ClientCapabilities } from '@hearth/contract/playback';

export type SubtitleFormat = ClientCapabilities['subtitleFormats'][number];

/** An empty module (WebAssembly core specification 2.0, section 5.5.16): magic number and version. */
const emptyModule = Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00);

/** What this browser draws over a film: ASS needs WebAssembly, pictures a canvas that a worker draws on. */
export function drawableFormats(scope: object = globalThis): SubtitleFormat[] {
  const canvas = 'OffscreenCanvas' in scope && 'Worker' in scope && canHandOver();
  if (!canvas) return ['vtt'];
  return runsWebAssembly(scope) ? ['vtt', 'ass', 'pgs'] : ['vtt', 'pgs'];
}

const canHandOver = (): boolean =>
  typeof HTMLCanvasElement !== 'undefined' && 'transferControlToOffscreen' in HTMLCanvasElement.prototype;

/** Some browsers have it and are forbidden to use it (lockdown modes, policies of a proxy). */
function runsWebAssembly(scope: object): boolean {
  if (!('WebAssembly' in scope)) return false;
  try {
    return new WebAssembly.Module(emptyModule) instanceof WebAssembly.Module;
  } catch {
    return false;
  }
}
