import type { EngineTrouble } from './media-engine';

/**
 * Why an address did not play: media elements tell “not supported” for everything. Asks for its first byte.
 * `told`: what the element said.
 */
export async function troubleAt(url: string, told: string): Promise<EngineTrouble> {
  try {
    const reply = await fetch(url, { headers: { range: 'bytes=0-0' }, cache: 'no-store' });
    await reply.body?.cancel();
    if (reply.ok) return { kind: 'unsupported', reason: told };
    return { kind: reply.status >= 500 ? 'server' : 'refused', reason: `${told} (${reply.status})` };
  } catch {
    return { kind: 'network', reason: told };
  }
}
