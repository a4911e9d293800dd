import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sdk, { type HandlerArguments } from 'stremio-addon-sdk';

/** What an add-on was asked. */
export interface AddonQuestion extends HandlerArguments {
  readonly resource: string;
}

export interface TestAddon {
  /** Of its manifest, without `/manifest.json`. */
  readonly base: string;
  readonly asked: AddonQuestion[];
  close(): Promise<void>;
}

/** An add-on built with Stremio's own SDK, on loopback. @param answer what it says to each question */
export async function startAddon(
  manifest: { readonly resources: readonly (string | { readonly name: string })[] },
  answer: (question: AddonQuestion) => object,
): Promise<TestAddon> {
  const asked: AddonQuestion[] = [];
  const builder = new sdk.addonBuilder(manifest);
  const handler = (resource: string) => (args: HandlerArguments) => {
    asked.push({ ...args, resource });
    return Promise.resolve(answer({ ...args, resource }));
  };
  builder.defineCatalogHandler(handler('catalog'));
  // The SDK takes no handler for what the manifest does not name.
  const resources = manifest.resources.map((one) => (typeof one === 'string' ? one : one.name));
  if (resources.includes('meta')) builder.defineMetaHandler(handler('meta'));
  if (resources.includes('stream')) builder.defineStreamHandler(handler('stream'));
  if (resources.includes('subtitles')) builder.defineSubtitlesHandler(handler('subtitles'));
  const router = sdk.getRouter(builder.getInterface());
  const server = createServer((request, response) =>
    router(request, response, () => response.writeHead(404).end('{"err":"not found"}')),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      server.close();
      await once(server, 'close');
    },
  };
}
