import type { EngineProcess, EngineProcessListener } from '../engine-process.js';
import { envelope, type EngineCommand } from '../messages.js';

/** A process that answers as a test says; commands arrive as the real one reads them. */
export class ScriptedProcess implements EngineProcess {
  readonly pid = undefined;
  readonly heard: EngineCommand[] = [];
  isKilled = false;
  private isGone = false;

  /** @param answer the reply's `ok`; an Error is a failure, `silence` no answer at all */
  constructor(
    private readonly listener: EngineProcessListener,
    private readonly answer: (command: EngineCommand, process: ScriptedProcess) => unknown,
  ) {}

  send(message: unknown): void {
    if (this.isGone) return;
    const { id, command } = envelope.parse(message);
    this.heard.push(command);
    const ok = this.answer(command, this);
    if (ok === silence) return;
    if (ok instanceof Error) this.say({ id, error: { code: 'invalid', message: ok.message } });
    else this.say({ id, ok });
  }

  /** Tells the server something; never before the call that caused it has returned, as between real processes. */
  say(message: unknown): void {
    queueMicrotask(() => this.isGone || this.listener.message(message));
  }

  kill(): void {
    this.isKilled = true;
    this.end('ended by SIGKILL');
  }

  end(reason = 'ended with code 70'): void {
    if (this.isGone) return;
    this.isGone = true;
    queueMicrotask(() => this.listener.exited(reason));
  }

  of<Name extends EngineCommand['name']>(name: Name): Extract<EngineCommand, { name: Name }>[] {
    return this.heard.filter(
      (command): command is Extract<EngineCommand, { name: Name }> => command.name === name,
    );
  }
}

export const silence = Symbol('no answer');
