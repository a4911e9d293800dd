import type { Clock } from '../clock.port.js';
import type { PlayerPhase } from './player-state.js';

/** Questions in a row without an answer, after which a device counts as gone. */
const mostFailures = 3;
/** A renderer that is back within this time crashed or lost its network; after it, somebody switched it off and on. ms */
const recovery = 120_000;

/** Whether a device is away, and whether what it played may begin again by itself once it is back. */
export class Absence {
  private failures = 0;
  private since: number | undefined;
  private farewell = false;
  private wasPaused = false;

  constructor(private readonly clock: Clock) {}

  /** It took its leave by itself: somebody switched it off. */
  get isFarewell(): boolean {
    return this.farewell;
  }

  /** Something new begins on it. @param recovering what it played before it went */
  begin(recovering: boolean): void {
    this.failures = 0;
    this.farewell = false;
    if (!recovering) this.since = undefined;
  }

  /** It said farewell; what it no longer answers to is its own wish. */
  goodbye(): void {
    this.farewell = true;
  }

  /** It is (again) there as another one: what it was doing is over. */
  returned(): void {
    this.failures ||= 1;
  }

  /** It did not answer. @returns whether it is lost from now on */
  missed(phase: PlayerPhase): boolean {
    this.failures++;
    if (phase === 'lost' || (this.failures < mostFailures && !this.farewell)) return false;
    this.wasPaused = phase === 'paused';
    this.since ??= this.clock.now();
    return true;
  }

  /** It answered. @returns whether it had not, the last time */
  answered(): boolean {
    const wasAway = this.failures > 0;
    this.failures = 0;
    return wasAway;
  }

  /** Whether what it played is to be sent again without anybody asking. */
  mayGoOn(phase: PlayerPhase): boolean {
    const isPaused = phase === 'lost' ? this.wasPaused : phase === 'paused';
    const away = this.since === undefined ? 0 : this.clock.now() - this.since;
    return !this.farewell && !isPaused && away <= recovery;
  }
}
