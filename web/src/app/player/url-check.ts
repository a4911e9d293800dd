import type { EngineTrouble } from './media-engine';

/**
 * Why an address did not play: media elements tell “not supported” for everything. Asks for its first byte.
 * `told`: what the element said.
 */
async function troubleAt(url: string, told: string): Promise<EngineTrouble> {
  try {
    const reply = await fetch(url, { headers: { range: 'bytes=0-0' }, cache: 'no-store' });
    await reply.body?.cancel();
    if (reply.ok) return { kind: 'unsupported', reason: told };
    return { kind: reply.status >= 500 ? 'server' : 'refused', reason: `${told} (${reply.status})` };
  } catch {
    return { kind: 'network', reason: told };
  }
}

/** What a media element's error means: decoding (3) is this device's trouble, for the others the address is asked. */
export async function troubleOfElement(
  error: { readonly code: number; readonly message: string } | null,
  url: string,
): Promise<EngineTrouble> {
  const told = [`MediaError ${error?.code ?? 0}`, error?.message ?? ''].filter(Boolean).join(' · ');
  return error?.code === 3 ? { kind: 'media', reason: told } : troubleAt(url, told);
}
