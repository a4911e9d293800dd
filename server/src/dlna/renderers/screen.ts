import type { Renderer } from '@hearth/contract/renderer';
import { systemClock } from '@hearth/dlna/clock.port';
import type { EventReceiver } from '@hearth/dlna/control/event-receiver';
import type { FoundRenderer } from '@hearth/dlna/control/known-renderers';
import { Player } from '@hearth/dlna/control/player';
import type { PlayerMedia } from '@hearth/dlna/control/player-state';
import { pushMedia } from '@hearth/dlna/control/push-media';
import { RendererClient } from '@hearth/dlna/control/renderer-client';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import type { RendererReport } from '../../playback/renderer/renderer-playback.service.js';
import type { CastMedia, CastOffer, CastScreen, CastSender } from '../cast-media.port.js';
import type { CastEntry } from './cast-entry.js';
import { WatchReporter } from './watch-reporter.js';

/** What all screens of this server share. */
export interface ScreenSurroundings {
  readonly media: CastMedia;
  readonly receiver: EventReceiver;
  /** Where renderers fetch; undefined while nothing is given out. */
  mediaPort(): number | undefined;
  profileOf(renderer: FoundRenderer): Promise<DeviceProfile>;
  save(report: RendererReport): void;
  changed(screen: Screen): void;
}

/** One renderer of the house: its player, and what people are told of it. */
export class Screen {
  readonly player: Player<CastEntry>;
  private client: RendererClient;
  private readonly reporter: WatchReporter;
  private sink: Promise<readonly string[]> | undefined;
  private present = true;

  constructor(
    private renderer: FoundRenderer,
    private readonly around: ScreenSurroundings,
  ) {
    this.client = RendererClient.of(renderer, around.receiver, systemClock);
    this.reporter = new WatchReporter(
      () => ({ id: this.id, name: this.name }),
      (report) => around.save(report),
    );
    this.player = new Player<CastEntry>(
      this.client,
      {
        media: (entry, fromSeconds) => this.prepare(entry, fromSeconds),
        left: (entry, positionSeconds) => this.reporter.left(entry, positionSeconds),
        changed: () => {
          this.reporter.heard(this.player.state);
          around.changed(this);
        },
      },
      systemClock,
    );
  }

  get id(): string {
    return this.renderer.id;
  }

  get address(): string {
    return this.renderer.address;
  }

  get name(): string {
    const { friendlyName, modelName } = this.renderer.device;
    return friendlyName || modelName || this.address;
  }

  /** It answers, as far as anybody knows. */
  get isThere(): boolean {
    return this.present;
  }

  /** Something of ours is there, or was when it was heard of last. */
  get isBusy(): boolean {
    return this.player.state.item !== undefined;
  }

  /** It said farewell, or is not heard of any more. */
  leave(): void {
    this.present = false;
    this.player.goodbye();
  }

  /** It is at another place, or was off in between. */
  async moved(renderer: FoundRenderer): Promise<void> {
    this.renderer = renderer;
    this.present = true;
    this.sink = undefined;
    this.client = RendererClient.of(renderer, this.around.receiver, systemClock);
    await this.player.attach(this.client);
  }

  /** @throws ProblemError what the media source says */
  async offer(entry: Pick<CastEntry, 'item'> & CastSender, fromSeconds = 0): Promise<CastOffer> {
    const { id, name, address } = this;
    const profile = await this.around.profileOf(this.renderer);
    const screen: CastScreen = { id, name, address, profile };
    return await this.around.media.offer(entry.item, entry, screen, fromSeconds);
  }

  private async prepare(entry: CastEntry, fromSeconds: number): Promise<PlayerMedia> {
    const [offered, profile, sink] = await Promise.all([
      this.offer(entry, fromSeconds),
      this.around.profileOf(this.renderer),
      (this.sink ??= this.client.sink()).catch(() => []),
    ]);
    const { address, localAddress } = this.renderer;
    const localPort = this.around.mediaPort();
    if (localPort === undefined) throw new Error('The server for televisions does not run');
    const facts = { address, localAddress, localPort };
    const silent = { userAgent: '', clientInfo: '', friendlyName: '' };
    const guest = { facts: { ...facts, ...silent }, profile, deviceId: this.id, viewerId: entry.accountId };
    const { offer, ...media } = pushMedia(offered.item, guest, sink);
    const restarts = offer.kind === 'converted' && offered.offsetSeconds !== undefined;
    return {
      ...media,
      resourceId: offer.resourceId,
      durationSeconds: offered.durationSeconds,
      offsetSeconds: restarts ? (offered.offsetSeconds ?? 0) : 0,
      seekable: !restarts,
      still: offered.item.class.startsWith('object.item.imageItem'),
      gapless: offered.item.class.startsWith('object.item.audioItem'),
    };
  }

  /** As the API tells it. */
  view(): Renderer {
    const { phase, item, upcoming, ...state } = this.player.state;
    return {
      id: this.id,
      name: this.name,
      model: [this.renderer.device.manufacturer, this.renderer.device.modelName].filter(Boolean).join(' '),
      state: phase,
      accountId: item?.accountId ?? null,
      item: item ? { name: item.name, titleId: item.titleId, episodeId: item.episodeId } : null,
      positionSeconds: Math.round(state.positionSeconds * 10) / 10,
      durationSeconds: state.durationSeconds,
      volume: state.volume,
      muted: state.muted,
      queue: upcoming.map(({ name }) => ({ name })),
      canPause: state.canPause,
      canSeek: state.canSeek,
      problem: state.problem,
    };
  }
}
