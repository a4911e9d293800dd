import { serverEvents } from '@hearth/contract/events';
import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Logger } from '../../common/log/logger.js';
import { ProblemError } from '../../common/problem-error.js';
import { EventBus } from '../../events/event-bus.js';
import type { CastEntry } from './cast-entry.js';
import { RendererHouse } from './renderer-house.service.js';
import type { Screen } from './screen.js';

/** As far as a screen plays for somebody. */
export type LentScreen = Pick<Screen, 'name' | 'offer'> & {
  readonly player: { readonly state: { readonly item: CastEntry | undefined }; stop(): Promise<void> };
};

/**
 * Ends what a screen plays once its sender may not send it any more: what it has buffered would play on, and it would ask
 * again and again for what it is not given.
 */
@Injectable()
export class SenderRights implements OnModuleInit, OnModuleDestroy {
  private stopListening = (): unknown => undefined;
  private readonly logger: Logger;

  constructor(
    @Inject(RendererHouse) private readonly house: { readonly all: readonly LentScreen[] },
    private readonly events: EventBus,
    logger: Logger,
  ) {
    this.logger = logger.scoped('renderers');
  }

  onModuleInit(): void {
    this.stopListening = this.events.listen(({ name, payload, accountId }) => {
      if (name === 'session.revoked') {
        const { sessionId } = serverEvents[name].payload.parse(payload);
        this.each((item) => item.sessionId === sessionId, stop);
      }
      if (name === 'limits.changed') this.each((item) => item.accountId === accountId, stopIfKept);
    });
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  private each(
    isMeant: (item: CastEntry) => boolean,
    act: (screen: LentScreen, item: CastEntry) => Promise<void>,
  ): void {
    for (const screen of this.house.all) {
      const { item } = screen.player.state;
      if (item === undefined || !isMeant(item)) continue;
      act(screen, item).catch((error: unknown) =>
        this.logger.warn('A screen was not stopped', { name: screen.name, error }),
      );
    }
  }
}

const stop = (screen: LentScreen): Promise<void> => screen.player.stop();

async function stopIfKept(screen: LentScreen, item: CastEntry): Promise<void> {
  try {
    await screen.offer(item);
  } catch (error) {
    const isKept = error instanceof ProblemError && ['NOT_FOUND', 'FORBIDDEN'].includes(error.code);
    if (isKept && screen.player.state.item === item) await screen.player.stop();
  }
}
