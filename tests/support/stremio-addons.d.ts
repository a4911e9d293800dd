/** What Stremio's own SDK and client do of what tests use (neither has types). */
declare module 'stremio-addon-sdk' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  export interface HandlerArguments {
    readonly type: string;
    readonly id: string;
    readonly extra: Readonly<Record<string, string | string[]>>;
    readonly config?: unknown;
  }
  type Handler = (args: HandlerArguments) => Promise<object>;
  export interface AddonInterface {
    readonly manifest: object;
  }
  export class addonBuilder {
    constructor(manifest: object);
    defineCatalogHandler(handler: Handler): void;
    defineMetaHandler(handler: Handler): void;
    defineStreamHandler(handler: Handler): void;
    defineSubtitlesHandler(handler: Handler): void;
    getInterface(): AddonInterface;
  }
  const sdk: {
    addonBuilder: typeof addonBuilder;
    getRouter: (
      addon: AddonInterface,
    ) => (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
  };
  export default sdk;
}

declare module 'stremio-addon-client' {
  export interface AddonClient {
    readonly manifest: {
      readonly id: string;
      readonly catalogs: readonly { readonly type: string; readonly id: string }[];
    };
    get(resource: string, type: string, id: string, extra?: object): Promise<unknown>;
  }
  const client: {
    detectFromURL(url: string): Promise<{ readonly addon?: AddonClient }>;
  };
  export default client;
}
