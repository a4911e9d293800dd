import type { CastItem, Renderer, rendererRoutes } from '@hearth/contract/renderer';
import type { RouteInput } from '@hearth/contract/route';
import { DeviceUnreachable } from '@hearth/dlna/control/device-request';
import { PlayerRefusal } from '@hearth/dlna/control/player-state';
import { NeverPlayed } from '@hearth/dlna/control/start-sequence';
import { inWords } from '@hearth/dlna/control/words';
import { UpnpFault } from '@hearth/dlna/wire/upnp-fault';
import { Inject, Injectable } from '@nestjs/common';
import { atMost } from '../../common/at-most.js';
import type { Caller } from '../../common/http/caller.js';
import { notFound, ProblemError } from '../../common/problem-error.js';
import type { CastSender } from '../cast-media.port.js';
import { type CastEntry, castEntry } from './cast-entry.js';
import { RendererHouse } from './renderer-house.service.js';
import type { Screen } from './screen.js';
import { ScreenDevices } from './screen-devices.service.js';

/** How long a request waits for a renderer to begin; what goes wrong later, its state tells. ms */
const patience = 10_000;

/** What people do with the screens of the house. */
@Injectable()
export class RendererService {
  constructor(
    @Inject(RendererHouse) private readonly house: Pick<RendererHouse, 'screen' | 'list' | 'search'>,
    @Inject(ScreenDevices) private readonly devices: Pick<ScreenDevices, 'at'>,
  ) {}

  async list({ refresh }: RouteInput<typeof rendererRoutes.list>): Promise<Renderer[]> {
    if (refresh === 'true') await this.house.search();
    return this.house.list();
  }

  /**
   * @throws ProblemError NOT_FOUND, RENDERER_REFUSED, RENDERER_UNAVAILABLE, and what the media source says;
   *   RENDERER_IN_USE while somebody else plays something there, unless it is to be taken over
   */
  async play(
    { id, items, positionSeconds, takeOver }: RouteInput<typeof rendererRoutes.play>,
    caller: Caller,
  ): Promise<Renderer> {
    const screen = await this.screen(id);
    const sender = senderOf(caller);
    const [first, ...others] = items;
    if (!first) throw notFound('item');
    if (!takeOver) refuseIfOthers(screen, sender);
    const offer = await screen.offer({ item: first, ...sender });
    const entries = [castEntry(first, sender, offer), ...(await this.entries(screen, others, sender))];
    // Somebody may have begun while all that was looked up.
    if (!takeOver) refuseIfOthers(screen, sender);
    return await told(screen, screen.player.play(entries, positionSeconds ?? offer.resumeSeconds));
  }

  async enqueue({ id, items }: RouteInput<typeof rendererRoutes.enqueue>, caller: Caller): Promise<Renderer> {
    const screen = await this.screen(id);
    return await told(screen, screen.player.enqueue(await this.entries(screen, items, senderOf(caller))));
  }

  async control({ id, action }: RouteInput<typeof rendererRoutes.control>): Promise<Renderer> {
    const screen = await this.screen(id);
    return await told(screen, screen.player[action]());
  }

  async seek({ id, positionSeconds }: RouteInput<typeof rendererRoutes.seek>): Promise<Renderer> {
    const screen = await this.screen(id);
    return await told(screen, screen.player.seek(positionSeconds));
  }

  async setVolume({ id, volume, muted }: RouteInput<typeof rendererRoutes.volume>): Promise<Renderer> {
    const screen = await this.screen(id);
    const set = async (): Promise<void> => {
      if (volume !== undefined) await screen.player.setVolume(volume);
      if (muted !== undefined) await screen.player.setMuted(muted);
    };
    return await told(screen, set());
  }

  private async screen(id: string): Promise<Screen> {
    const screen = this.house.screen(id);
    if (!screen) throw notFound('screen');
    if ((await this.devices.at(screen.address))?.access === 'denied')
      throw new ProblemError('RENDERER_REFUSED', { detail: 'An administrator has shut this screen out.' });
    return screen;
  }

  /** One after the other: two hundred at once would hold up everybody else. */
  private async entries(
    screen: Screen,
    items: readonly CastItem[],
    sender: CastSender,
  ): Promise<CastEntry[]> {
    const entries: CastEntry[] = [];
    for (const item of items) entries.push(castEntry(item, sender, await screen.offer({ item, ...sender })));
    return entries;
  }
}

/** @throws ProblemError RENDERER_IN_USE; what was stopped, or is lost, is nobody's evening any more */
function refuseIfOthers(screen: Screen, { accountId }: CastSender): void {
  const { item, phase } = screen.player.state;
  const plays = phase === 'loading' || phase === 'playing' || phase === 'paused';
  if (plays && item !== undefined && item.accountId !== accountId) throw new ProblemError('RENDERER_IN_USE');
}

/** @throws ProblemError FORBIDDEN for a signed address, which is nobody's sign-in */
function senderOf({ accountId, sessionId }: Caller): CastSender {
  if (sessionId === null) throw new ProblemError('FORBIDDEN');
  return { accountId, sessionId };
}

/** The state after a command: when it is done, or after as long as a person waits. */
async function told(screen: Screen, command: Promise<void>): Promise<Renderer> {
  try {
    await atMost(command, patience);
  } catch (error) {
    throw asProblem(error);
  } finally {
    // What fails later is in the state.
    command.catch(() => undefined);
  }
  return screen.view();
}

function asProblem(error: unknown): unknown {
  if (error instanceof DeviceUnreachable)
    return new ProblemError('RENDERER_UNAVAILABLE', { detail: 'The screen does not answer.' });
  if (error instanceof UpnpFault || error instanceof NeverPlayed)
    return new ProblemError('RENDERER_REFUSED', { detail: `The screen refused: ${inWords(error)}.` });
  if (error instanceof PlayerRefusal) return new ProblemError('RENDERER_REFUSED', { detail: error.message });
  return error;
}
