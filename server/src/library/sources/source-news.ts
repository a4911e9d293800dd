import { Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import type { SourceSearch } from './source-search.js';
import type { SourceSubject } from './source-subject.js';

/** Those who wait hear of news at most so often, ms: answers come in bursts. */
const pauseMs = 300;

/** Tells those who wait for a search that more was found: at once, then not again for a while; its end at once. */
@Injectable()
export class SourceNews {
  private readonly pauses = new Map<SourceSearch, { timer: NodeJS.Timeout; isMissed: boolean }>();

  constructor(private readonly events: EventBus) {}

  tell(search: SourceSearch): void {
    const pause = this.pauses.get(search);
    if (pause && search.isRunning) {
      pause.isMissed = true;
      return;
    }
    clearTimeout(pause?.timer);
    this.pauses.delete(search);
    if (search.isRunning) this.pause(search);
    this.publish(search);
  }

  /** More is known of what was found. */
  tellLater({ titleId, episodeId }: SourceSubject, accountId: string): void {
    if (titleId === null) return;
    this.events.publish('sources.changed', { titleId, episodeId, searching: false }, accountId);
  }

  stop(): void {
    for (const { timer } of this.pauses.values()) clearTimeout(timer);
    this.pauses.clear();
  }

  private pause(search: SourceSearch): void {
    const pause = { isMissed: false, timer: setTimeout(() => this.resume(search), pauseMs).unref() };
    this.pauses.set(search, pause);
  }

  private resume(search: SourceSearch): void {
    const isMissed = this.pauses.get(search)?.isMissed;
    this.pauses.delete(search);
    if (isMissed) this.tell(search);
  }

  private publish({ subject: { titleId, episodeId }, watchers, isRunning: searching }: SourceSearch): void {
    if (titleId === null) return;
    for (const accountId of watchers)
      this.events.publish('sources.changed', { titleId, episodeId, searching }, accountId);
  }
}
