import { randomUUID } from 'node:crypto';
import { systemClock, type Clock } from './clock.port.js';
import type { Doorkeeper } from './guest.js';
import { ControlEndpoint } from './http/control-endpoint.js';
import { EventEndpoint } from './http/event-endpoint.js';
import { sendEvent } from './http/event-sender.js';
import { LanHttpServer, type LanHttpSettings } from './http/lan-http-server.js';
import { MediaEndpoint } from './http/media-endpoint.js';
import { RequestHandler } from './http/request-handler.js';
import { serverHeader } from './http/server-header.js';
import { readIcons } from './http/static-files.js';
import type { MediaSource } from './media-source.port.js';
import type { ProfileBook } from './profiles/profile-book.js';
import { ChangeModerator } from './protocol/change-moderator.js';
import { Subscriptions, type SubscriptionLimits } from './protocol/subscriptions.js';
import { connectionManager } from './services/connection-manager.js';
import { ContentDirectory } from './services/content-directory.js';
import type { DeviceSettings } from './services/device-description.js';
import { registrar } from './services/registrar.js';

export interface MediaServerSettings extends DeviceSettings, LanHttpSettings {
  readonly subscriptions?: Partial<SubscriptionLimits>;
  /** Errors of the host's or our own: to be logged. Devices' mistakes are answered and forgotten. */
  readonly onError?: (error: unknown, during: string) => void;
}

/** The UPnP AV media server: description, services, events and media over HTTP. It announces nothing (see discovery/). */
export class MediaServer {
  readonly #settings: MediaServerSettings;
  readonly #source: MediaSource;
  readonly #doorkeeper: Doorkeeper;
  readonly #profiles: ProfileBook;
  readonly #clock: Clock;
  #stop: (() => Promise<void>) | undefined;

  constructor(
    settings: MediaServerSettings,
    source: MediaSource,
    doorkeeper: Doorkeeper,
    profiles: ProfileBook,
    clock: Clock = systemClock,
  ) {
    this.#settings = settings;
    this.#source = source;
    this.#doorkeeper = doorkeeper;
    this.#profiles = profiles;
    this.#clock = clock;
  }

  /** @returns the port it listens on @throws Error where it can't listen or an icon is missing */
  async start(): Promise<{ readonly port: number }> {
    const settings = this.#settings;
    const onError = settings.onError ?? (() => undefined);
    const directory = new ContentDirectory(this.#source);
    const subscriptions = new Subscriptions(this.#clock, sendEvent, randomUUID, settings.subscriptions);
    const moderator = new ChangeModerator(
      this.#clock,
      () => this.#source.updateId(),
      (values) => subscriptions.publish(directory.description.name, values),
    );
    const handler = new RequestHandler({
      settings,
      serverHeader: serverHeader(settings.version),
      services: [directory, connectionManager(), registrar()],
      control: new ControlEndpoint(onError),
      events: new EventEndpoint(subscriptions),
      media: new MediaEndpoint(this.#source, this.#clock),
      icons: await readIcons(),
      doorkeeper: this.#doorkeeper,
      profiles: this.#profiles,
      clock: this.#clock,
      onError,
    });
    const server = new LanHttpServer(settings, handler.listener);
    const bound = await server.listen();
    const forget = this.#source.onChange(({ containerIds }) => moderator.changed(containerIds));
    this.#stop = async () => {
      forget();
      moderator.stop();
      subscriptions.stop();
      await server.close();
    };
    return bound;
  }

  /** Cuts every connection and forgets every subscriber. */
  async stop(): Promise<void> {
    const stop = this.#stop;
    this.#stop = undefined;
    await stop?.();
  }
}
