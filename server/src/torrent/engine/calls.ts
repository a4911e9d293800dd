import { z } from 'zod';
import { type CommandName, reply, type SentCommand } from './messages.js';
import { EngineError } from './torrent-engine.js';

interface Call {
  readonly settle: (value: unknown) => void;
  readonly fail: (error: Error) => void;
}

/** More are waiting for an answer only when something is wrong. */
const mostWaiting = 1000;

/** Questions to one process that were not answered yet: bounded in number and time. */
export class Calls {
  private readonly waiting = new Map<number, Call>();
  private lastId = 0;

  constructor(private readonly send: (message: { id: number; command: SentCommand }) => void) {}

  /** @throws EngineError what the process says, `unavailable` without an answer in time or when the process ends */
  ask<T>(command: SentCommand, answer: z.ZodType<T>, timeoutMs: number): Promise<T> {
    // Whether it is alive is asked all the same: a busy process is not a dead one.
    if (this.waiting.size >= mostWaiting && command.name !== 'ping') {
      return Promise.reject(new EngineError('unavailable', 'Too many questions to the engine at once'));
    }
    const id = ++this.lastId;
    return new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => fail(unanswered(command.name)), timeoutMs);
      const done = (): void => {
        clearTimeout(timer);
        this.waiting.delete(id);
      };
      const fail = (error: Error): void => (done(), reject(error));
      const settle = (value: unknown): void => {
        done();
        const parsed = answer.safeParse(value);
        if (parsed.success) resolve(parsed.data);
        else reject(new EngineError('unavailable', `${command.name}: ${z.prettifyError(parsed.error)}`));
      };
      this.waiting.set(id, { settle, fail });
      this.send({ id, command });
    });
  }

  /** @returns false if it is no answer at all */
  answered(message: unknown): boolean {
    const { success, data } = reply.safeParse(message);
    if (!success) return false;
    const call = this.waiting.get(data.id);
    if ('error' in data) call?.fail(new EngineError(data.error.code, data.error.message));
    else call?.settle(data.ok);
    return true;
  }

  /** Nobody will answer any more. */
  end(reason: string): void {
    for (const { fail } of [...this.waiting.values()]) fail(new EngineError('unavailable', reason));
  }
}

const unanswered = (name: CommandName): EngineError =>
  new EngineError('unavailable', `The engine did not answer in time (${name})`);
