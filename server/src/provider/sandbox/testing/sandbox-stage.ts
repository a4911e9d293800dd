import { fileURLToPath } from 'node:url';
import { Logger, LogSink } from '../../../common/log/logger.js';
import type { ProviderCall } from '../../provider.js';
import { sandboxLimits, type SandboxLimits } from '../limits.js';
import { Sandbox, type SandboxOptions } from '../sandbox.js';
import { type SandboxEntry, startSandbox, type SandboxProcess } from '../sandbox-process.js';

const hooks = new URL('../../../../../tests/support/typescript-hooks.mjs', import.meta.url);

/**
 * The process as it is built, from its sources: without Node's permissions, as those who transpile read everywhere, and as
 * quick as everybody else.
 */
export const sourceEntry: SandboxEntry = {
  path: fileURLToPath(new URL('../child/main.ts', import.meta.url)),
  niceness: 0,
  execArgv: ['--import', hooks.href, '--disallow-code-generation-from-strings'],
};

/** A tenth of a second is not enough on a slow machine for what is no attack: nothing but attacks on the processor has it. */
export const shortTurn: SandboxLimits = { ...sandboxLimits, turnMs: 100 };
const longTurn: SandboxLimits = { ...sandboxLimits, turnMs: 60_000 };

/** A sandbox around a provider's code, with what it logged and the processes that it started. */
export function stageSandbox(source: string, options: Partial<SandboxOptions> = {}) {
  const lines: string[] = [];
  const processes: SandboxProcess[] = [];
  const sandbox = new Sandbox({
    source: () => Promise.resolve(source),
    permits: () => true,
    start: (listener) => {
      const process = startSandbox(sourceEntry, listener);
      processes.push(process);
      return process;
    },
    limits: longTurn,
    logger: new Logger(new LogSink('debug', (line) => void lines.push(line)), 'provider'),
    ...options,
  });
  return { sandbox, lines, processes };
}

/** A question's call that leads nowhere unless said. */
export const callOf = (call: Partial<ProviderCall> = {}): ProviderCall => ({
  config: {},
  signal: new AbortController().signal,
  fetch: () => Promise.reject(new Error('This leads nowhere')),
  keep: () => undefined,
  ...call,
});
