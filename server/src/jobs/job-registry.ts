import type { JobContext, JobDefinition } from './job-queue.js';

/** A registered kind with its payload type closed over. */
export interface JobKind {
  readonly name: string;
  readonly attempts: number;
  readonly concurrency: number;
  /** Checks a stored payload. @throws ZodError when it does not fit (any more) */
  readonly bind: (payload: string) => (context: JobContext) => Promise<void>;
  readonly giveUp: (payload: string) => Promise<void>;
}

/** The kinds of work this process knows. */
export class JobRegistry {
  private readonly kinds = new Map<string, JobKind>();

  /** @throws Error when the name is taken or a number makes no sense: a fault of the wiring */
  add<P>(definition: JobDefinition<P>): void {
    const { name, attempts, concurrency } = definition;
    if (this.kinds.has(name)) throw new Error(`Two kinds of job are called “${name}”`);
    if (!(attempts >= 1) || !(concurrency >= 1)) {
      throw new Error(`Job “${name}” needs at least one attempt and a concurrency of at least one`);
    }
    const read = (text: string): P => definition.payload.parse(JSON.parse(text));
    const bind = (text: string) => {
      const payload = read(text);
      return (context: JobContext) => definition.handler(payload, context);
    };
    const giveUp = async (text: string): Promise<void> => definition.givenUp?.(read(text));
    this.kinds.set(name, { name, attempts, concurrency, bind, giveUp });
  }

  get(name: string): JobKind | undefined {
    return this.kinds.get(name);
  }

  all(): JobKind[] {
    return [...this.kinds.values()];
  }
}
