/** Gives a place back, so that the next one in line has it; a second call does nothing. */
export type Release = () => void;

export interface WorkLimitOptions {
  /** How many may wait; one more is refused. Default: any number. */
  readonly mostWaiting?: number;
  /** What one too many is refused with. */
  readonly refusal?: () => Error;
}

export interface AcquireOptions {
  /** Ends the wait, rejecting with its reason; a place that was given already stays taken. */
  readonly signal?: AbortSignal;
  /** Tells how many are in front, 0 for the next in line: when the wait begins and whenever it shortens. */
  readonly onPosition?: (position: number) => void;
}

interface Waiter {
  readonly admit: () => void;
  readonly onPosition: ((position: number) => void) | undefined;
  told: number;
}

const reasonOf = (signal: AbortSignal | undefined): Error =>
  signal?.reason instanceof Error ? signal.reason : new Error('Cancelled', { cause: signal?.reason });

/** At most `width` pieces of work at once; who comes first goes first. */
export class WorkLimit {
  private readonly line: Waiter[] = [];
  private taken = 0;

  constructor(
    private readonly width: number,
    private readonly options: WorkLimitOptions = {},
  ) {
    if (!(width >= 1)) throw new RangeError(`A limit of ${width} would let nobody in`);
  }

  /** Places taken now. */
  get running(): number {
    return this.taken;
  }

  get waiting(): number {
    return this.line.length;
  }

  /** Waits for a place. @throws the signal's reason, or the refusal when too many wait */
  async acquire({ signal, onPosition }: AcquireOptions = {}): Promise<Release> {
    signal?.throwIfAborted();
    if (this.taken < this.width) {
      this.taken++;
      return this.release();
    }
    if (this.line.length >= (this.options.mostWaiting ?? Infinity)) {
      throw this.options.refusal?.() ?? new Error('Too much work is waiting');
    }
    await this.standInLine(signal, onPosition);
    return this.release();
  }

  /** Does `work` once there is a place for it. @throws what `acquire` and `work` throw */
  async run<T>(work: () => Promise<T>, options?: AcquireOptions): Promise<T> {
    const release = await this.acquire(options);
    try {
      return await work();
    } finally {
      release();
    }
  }

  private standInLine(signal: AbortSignal | undefined, onPosition: Waiter['onPosition']): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.line.splice(this.line.indexOf(waiter), 1);
        reject(reasonOf(signal));
        this.tellPositions();
      };
      const admit = (): void => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const waiter: Waiter = { admit, onPosition, told: -1 };
      this.line.push(waiter);
      signal?.addEventListener('abort', leave, { once: true });
      this.tellPositions();
    });
  }

  private release(): Release {
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      // The place goes straight to the next one in line: nobody who comes just now gets in between.
      const next = this.line.shift();
      if (!next) this.taken--;
      next?.admit();
      this.tellPositions();
    };
  }

  private tellPositions(): void {
    for (const [position, waiter] of this.line.entries()) {
      if (waiter.told === position) continue;
      waiter.told = position;
      waiter.onPosition?.(position);
    }
  }
}
