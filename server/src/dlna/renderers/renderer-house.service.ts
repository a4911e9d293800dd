import type { Renderer } from '@hearth/contract/renderer';
import type { EventReceiver } from '@hearth/dlna/control/event-receiver';
import type { FoundRenderer } from '@hearth/dlna/control/known-renderers';
import type { RendererFinder } from '@hearth/dlna/control/renderer-finder';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import { Injectable } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { EventBus } from '../../events/event-bus.js';
import { RendererPlaybackService } from '../../playback/renderer/renderer-playback.service.js';
import { CastFetchesService } from '../cast-fetches.service.js';
import { CastMedia } from '../cast-media.port.js';
import { DeviceProfiles } from '../device-profiles.service.js';
import { DeviceRegistry } from '../devices/device-registry.service.js';
import { AnnouncerService } from '../discovery/announcer.service.js';
import type { Screen, ScreenSurroundings } from './screen.js';

/** What is told of a screen while it changes, ms: people see a position every second, not every packet. */
const tellEvery = 250;

/** The renderers in the house, for as long as this server shows itself there. */
@Injectable()
export class RendererHouse {
  private readonly screens = new Map<string, Screen>();
  private readonly told = new Map<string, string>();
  private readonly telling = new Map<string, NodeJS.Timeout>();
  private finder: RendererFinder | undefined;
  private receiver: EventReceiver | undefined;
  private stopListening: (() => void) | undefined;
  private readonly logger: Logger;

  constructor(
    private readonly announcer: AnnouncerService,
    private readonly profiles: DeviceProfiles,
    private readonly devices: DeviceRegistry,
    private readonly media: CastMedia,
    private readonly fetches: CastFetchesService,
    private readonly playback: RendererPlaybackService,
    private readonly events: EventBus,
    logger: Logger,
  ) {
    this.logger = logger.scoped('renderers');
  }

  /** @param mediaPort where the media server of this house gives out what renderers fetch */
  async start(mediaPort: number): Promise<void> {
    if (this.finder) return;
    const [{ EventReceiver }, { RendererFinder }, { Screen }] = await Promise.all([
      import('@hearth/dlna/control/event-receiver'),
      import('@hearth/dlna/control/renderer-finder'),
      import('./screen.js'),
    ]);
    const receiver = (this.receiver = new EventReceiver());
    await receiver.start();
    const around = this.surroundings(receiver, mediaPort);
    this.finder = new RendererFinder(
      { networks: () => this.announcer.interfaces().filter(({ announced }) => announced) },
      {
        found: (renderer) => this.found(renderer, () => new Screen(renderer, around)),
        moved: (renderer) => void this.screens.get(renderer.id)?.moved(renderer).catch(this.missed),
        gone: (id) => this.gone(id),
      },
    );
    this.stopListening = this.fetches.listen(({ resourceId, address }) => {
      for (const screen of this.screens.values())
        if (screen.address === address) screen.player.fetched(resourceId);
    });
    await this.finder.start();
  }

  async stop(): Promise<void> {
    this.stopListening?.();
    for (const timer of this.telling.values()) clearTimeout(timer);
    await this.finder?.stop();
    await Promise.all([...this.screens.values()].map((screen) => screen.player.close()));
    this.screens.clear();
    await this.receiver?.stop();
    this.finder = this.receiver = undefined;
  }

  /** Searches the house anew; resolves when answers have had their time. */
  async search(): Promise<void> {
    await this.finder?.search();
  }

  screen(id: string): Screen | undefined {
    return this.screens.get(id);
  }

  /** By name; those that are gone only while something of ours is on them. */
  list(): Renderer[] {
    return [...this.screens.values()]
      .map((screen) => screen.view())
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /** The renderer at an address, if there is one. */
  idAt(address: string): string | undefined {
    return [...this.screens.values()].find((screen) => screen.present && screen.address === address)?.id;
  }

  private surroundings(receiver: EventReceiver, mediaPort: number): ScreenSurroundings {
    return {
      media: this.media,
      receiver,
      mediaPort,
      profileOf: (renderer) => this.profileOf(renderer),
      deviceIdAt: (address) => this.devices.at(address)?.id,
      save: (report) => {
        this.playback
          .report(report)
          .catch((error: unknown) => this.logger.warn('A position was not saved', { error }));
      },
      changed: (screen) => this.changed(screen),
    };
  }

  /** What an administrator fixed for the device, else what its description tells. */
  private async profileOf({ address, device }: FoundRenderer): Promise<DeviceProfile> {
    const book = await this.profiles.book();
    const fixed = this.devices.at(address)?.fixedProfileId;
    const { manufacturer, modelName } = device;
    return (fixed ? book.byId(fixed) : undefined) ?? book.match({ address, manufacturer, modelName });
  }

  private found(renderer: FoundRenderer, make: () => Screen): void {
    const known = this.screens.get(renderer.id);
    if (known) return void known.moved(renderer).catch(this.missed);
    const screen = make();
    this.screens.set(renderer.id, screen);
    this.logger.info('A renderer was found', { name: screen.name, address: screen.address });
    screen.player.connect().catch(this.missed);
  }

  /** What is on it may come back; nothing of ours on it, and it is forgotten. */
  private gone(id: string): void {
    const screen = this.screens.get(id);
    if (!screen) return;
    screen.present = false;
    screen.player.goodbye();
    if (screen.isBusy) return;
    this.screens.delete(id);
    this.told.delete(id);
    void screen.player.close().catch(this.missed);
  }

  private changed(screen: Screen): void {
    if (this.telling.has(screen.id)) return;
    const tell = (): void => {
      this.telling.delete(screen.id);
      const view = screen.view();
      const text = JSON.stringify(view);
      if (this.told.get(screen.id) === text || !this.screens.has(screen.id)) return;
      this.told.set(screen.id, text);
      this.events.publish('renderer.updated', view);
    };
    this.telling.set(screen.id, setTimeout(tell, tellEvery).unref());
  }

  private readonly missed = (error: unknown): void => {
    this.logger.debug('A renderer did not answer', { error });
  };
}
