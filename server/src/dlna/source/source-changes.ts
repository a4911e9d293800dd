import type { SourceChange } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { EventBus } from '../../events/event-bus.js';
import { UpdateCounter } from './update-counter.js';

/** While somebody watches, the list of what to go on with changes all the time: it is told this often, ms. */
const watchingMs = 10_000;
/** What follows from where people are. */
const watchingKeys = ['continue', 'next'];
const everything: SourceChange = { containerIds: [] };

/** When what televisions are shown has changed, and the number that says so. */
@Injectable()
export class SourceChanges {
  private readonly listeners = new Set<(change: SourceChange) => void>();
  private timer: NodeJS.Timeout | undefined;
  private stopListening: () => void = () => undefined;

  constructor(
    private readonly events: EventBus,
    private readonly counter: UpdateCounter,
  ) {}

  async start(): Promise<void> {
    await this.counter.load();
    this.stopListening = this.events.listen(({ name }) => {
      if (name === 'library.changed' || name === 'limits.changed' || name === 'device.updated')
        this.tell(everything);
      else if (name === 'playlists.changed') this.tell({ containerIds: ['playlists'] });
      else if (name === 'playstate.changed')
        this.timer ??= setTimeout(() => this.tellWatching(), watchingMs).unref();
    });
  }

  async stop(): Promise<void> {
    this.stopListening();
    clearTimeout(this.timer);
    this.listeners.clear();
    await this.counter.saved();
  }

  get updateId(): number {
    return this.counter.value;
  }

  onChange(listener: (change: SourceChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private tellWatching(): void {
    this.timer = undefined;
    this.tell({ containerIds: watchingKeys });
  }

  private tell(change: SourceChange): void {
    this.counter.rise();
    for (const listener of this.listeners) listener(change);
  }
}
