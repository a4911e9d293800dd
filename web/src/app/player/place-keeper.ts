import type { ProgressSender } from './progress-sender';
import { ProgressReporter } from './progress-reporter';
import { notePosition } from './player-memory';
import type { PlayerEvent, PlayerState } from './player-state';

/** Keeps where someone is: on the server, and in this browser for reloads that overtake it. */
export class PlaceKeeper {
  #reporter: ProgressReporter | undefined;
  #sessionId: string | undefined;
  #name = '';

  constructor(private readonly sender: ProgressSender) {}

  /** A session of `name` begins at `position` (s), or takes over from the one before. */
  begin(name: string, sessionId: string, position: number): void {
    if (this.#sessionId === sessionId) return;
    if (this.#sessionId !== undefined) this.sender.stop(this.#sessionId);
    this.#name = name;
    this.#sessionId = sessionId;
    this.#reporter = new ProgressReporter(
      (report) => this.sender.save(sessionId, report),
      Date.now,
      position,
    );
  }

  /** What the element said, and what it made of the state. */
  hear(event: PlayerEvent, before: PlayerState, now: PlayerState): void {
    if (event.type === 'time' && !before.paused) this.#reporter?.time(now.position);
    if (event.type === 'paused' || event.type === 'ended') {
      this.#reporter?.paused(now.position);
      this.#note(now.position);
    }
    if (event.type === 'seeked') {
      this.#reporter?.seeked(event.position, before.paused);
      this.#note(now.position);
    }
  }

  /** Another tab or program is looked at. */
  pageHidden(position: number): void {
    this.#note(position);
    this.#reporter?.hidden();
  }

  /** The page closes or gives way to another address. @returns whether a session ended with it */
  pageLeft(position: number): boolean {
    if (this.#sessionId === undefined) return false;
    this.#note(position);
    this.leave();
    return true;
  }

  /** Says the last place and ends the session. */
  leave(): void {
    if (this.#sessionId === undefined) return;
    this.sender.stop(this.#sessionId, this.#reporter?.last());
    this.#reporter = this.#sessionId = undefined;
  }

  #note(position: number): void {
    if (this.#sessionId !== undefined) notePosition(this.#name, position);
  }
}
