import type { Renderer } from '@hearth/contract/renderer';
import type { EventReceiver } from '@hearth/dlna/control/event-receiver';
import type { FoundRenderer } from '@hearth/dlna/control/known-renderers';
import type { RendererFinder } from '@hearth/dlna/control/renderer-finder';
import { type BeforeApplicationShutdown, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { atMost } from '../../common/at-most.js';
import { Logger } from '../../common/log/logger.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { EventBus } from '../../events/event-bus.js';
import { CastFetchesService } from '../cast-fetches.service.js';
import { AnnouncerService } from '../discovery/announcer.service.js';
import { ScreenFactory } from './screen-factory.service.js';
import type { Screen } from './screen.js';

/** Between two words about a screen, ms: people see a position every second, not every packet. */
const tellEvery = 250;
/** Longest that taking leave of renderers may take, ms. */
const patience = 1_500;

/** The renderers in the house, found and followed for as long as this server runs. */
@Injectable()
export class RendererHouse implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly screens = new Map<string, Screen>();
  private readonly told = new Map<string, string>();
  private readonly telling = new Map<string, NodeJS.Timeout>();
  private finder: RendererFinder | undefined;
  private receiver: EventReceiver | undefined;
  private starting: Promise<void> | undefined;
  private hasEnded = false;
  private readonly logger: Logger;

  constructor(
    @InjectConfig() private readonly config: Config,
    private readonly factory: ScreenFactory,
    private readonly announcer: AnnouncerService,
    private readonly fetches: CastFetchesService,
    private readonly events: EventBus,
    logger: Logger,
  ) {
    this.logger = logger.scoped('renderers');
  }

  onApplicationBootstrap(): void {
    if (this.config.role === 'worker' || !this.config.dlna.enabled) return;
    this.fetches.listen(({ resourceId, address, startSeconds }) => {
      for (const screen of this.screens.values())
        if (screen.address === address) screen.player.fetched(resourceId, startSeconds);
    });
    // Nobody who waits for the web waits for televisions.
    setImmediate(() => {
      this.starting = this.start().catch((error: unknown) =>
        this.logger.error('Screens of the house cannot be looked for', { error }),
      );
    });
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.hasEnded = true;
    const ended = this.stop().catch((error: unknown) =>
      this.logger.debug('A screen was not left', { error }),
    );
    await atMost(ended, patience);
  }

  /** Searches the house anew; resolves when answers have had their time. */
  async search(): Promise<void> {
    await this.starting;
    await this.finder?.search();
  }

  get all(): readonly Screen[] {
    return [...this.screens.values()];
  }

  screen(id: string): Screen | undefined {
    return this.screens.get(id);
  }

  /** By name; those that are gone only while something of ours was on them. */
  list(): Renderer[] {
    return [...this.screens.values()]
      .map((screen) => screen.view())
      .sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  }

  /** The renderer at an address, if there is one. */
  idAt(address: string): string | undefined {
    return [...this.screens.values()].find((screen) => screen.isThere && screen.address === address)?.id;
  }

  private async start(): Promise<void> {
    const [{ EventReceiver }, { RendererFinder }] = await Promise.all([
      import('@hearth/dlna/control/event-receiver'),
      import('@hearth/dlna/control/renderer-finder'),
    ]);
    if (this.isEnding()) return;
    const receiver = (this.receiver = new EventReceiver());
    await receiver.start();
    const meet = (renderer: FoundRenderer): void => void this.meet(renderer, receiver).catch(this.missed);
    this.finder = new RendererFinder(
      { networks: () => this.announcer.interfaces().filter(({ announced }) => announced) },
      { found: meet, moved: meet, gone: (id) => this.gone(id) },
    );
    if (!this.isEnding()) await this.finder.start();
  }

  /** Asked again after each wait. */
  private isEnding(): boolean {
    return this.hasEnded;
  }

  private async stop(): Promise<void> {
    await this.starting;
    for (const timer of this.telling.values()) clearTimeout(timer);
    await this.finder?.stop();
    await Promise.all([...this.screens.values()].map((screen) => screen.player.close()));
    await this.receiver?.stop();
  }

  private async meet(renderer: FoundRenderer, receiver: EventReceiver): Promise<void> {
    const known = this.screens.get(renderer.id);
    if (known) return await known.moved(renderer);
    const screen = await this.factory.make(renderer, receiver, (changed) => this.tellSoon(changed));
    this.screens.set(renderer.id, screen);
    this.logger.info('A renderer was found', { name: screen.name, address: screen.address });
    await screen.player.connect();
  }

  /** What was on it may go on when it comes back; with nothing of ours on it, it is forgotten. */
  private gone(id: string): void {
    const screen = this.screens.get(id);
    if (!screen) return;
    screen.leave();
    this.tellSoon(screen);
  }

  private tellSoon(screen: Screen): void {
    if (this.telling.has(screen.id)) return;
    this.telling.set(screen.id, setTimeout(() => this.tell(screen), tellEvery).unref());
  }

  private tell(screen: Screen): void {
    this.telling.delete(screen.id);
    if (this.screens.get(screen.id) !== screen) return;
    const view = screen.view();
    if (!screen.isThere && !screen.isBusy) {
      this.screens.delete(screen.id);
      this.told.delete(screen.id);
      void screen.player.close().catch(this.missed);
      return this.events.publish('renderer.updated', { ...view, state: 'lost' });
    }
    const text = JSON.stringify(view);
    if (this.told.get(screen.id) === text) return;
    this.told.set(screen.id, text);
    this.events.publish('renderer.updated', view);
  }

  private readonly missed = (error: unknown): void => {
    this.logger.debug('A renderer did not answer', { error });
  };
}
