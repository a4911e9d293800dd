import { serverEvents } from '@hearth/contract/events';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Logger } from '../../common/log/logger.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { PlaybackSessionEntity } from '../playback-session.entity.js';
import { LiveSessions } from './live-sessions.js';

/** A device that is signed out plays no more: its tickets need no sign-in, so that its sessions must end. */
@Injectable()
export class SignedOutDevices implements OnModuleInit, OnModuleDestroy {
  private stopListening = (): unknown => undefined;

  constructor(
    private readonly database: Database,
    private readonly live: LiveSessions,
    private readonly events: EventBus,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.stopListening = this.events.listen(({ name, payload }) => {
      if (name !== 'session.revoked') return;
      const { sessionId } = serverEvents[name].payload.parse(payload);
      this.end(sessionId).catch((error: unknown) =>
        this.logger.warn('The streams of a device that was signed out could not be ended', { error }),
      );
    });
  }

  onModuleDestroy(): void {
    this.stopListening();
  }

  private async end(deviceSessionId: string): Promise<void> {
    const running = { deviceSessionId, endedAt: IsNull() };
    const rows = await this.database.write(async (manager) => {
      const found = await manager.find(PlaybackSessionEntity, { where: running, select: { id: true } });
      const ids = In(found.map(({ id }) => id));
      if (found.length > 0) await manager.update(PlaybackSessionEntity, { id: ids }, { endedAt: Date.now() });
      return found;
    });
    for (const { id } of rows) this.live.close(id);
  }
}
