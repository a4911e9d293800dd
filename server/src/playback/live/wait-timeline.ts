import type { WaitStep } from '@hearth/contract/session-activity';

type Step = WaitStep['step'];

/** “Why am I waiting”: the steps of one start, ms from the request to play. */
export class WaitTimeline {
  private readonly list: WaitStep[] = [];
  private readonly origin: number;

  /** @param origin ms of the request, by the same clock */
  constructor(
    private readonly now: () => number = () => performance.now(),
    origin?: number,
  ) {
    this.origin = origin ?? now();
  }

  get steps(): WaitStep[] {
    return this.list.map((step) => ({ ...step }));
  }

  /** The step that lasts. */
  get current(): Step | null {
    return this.list.find(({ endMs }) => endMs === null)?.step ?? null;
  }

  /** Each step happens once: what comes later is not what the start waited for. Ends the one before. */
  begin(step: Step): void {
    if (this.current === step || this.list.some((known) => known.step === step)) return;
    this.end();
    this.list.push({ step, startMs: this.elapsed(), endMs: null });
  }

  end(): void {
    for (const step of this.list) step.endMs ??= this.elapsed();
  }

  private elapsed(): number {
    return Math.round((this.now() - this.origin) * 10) / 10;
  }
}
