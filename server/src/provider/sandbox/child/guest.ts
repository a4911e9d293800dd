import release from '@jitl/quickjs-wasmfile-release-sync';
import {
  newQuickJSWASMModuleFromVariant,
  newVariant,
  type QuickJSContext,
  type QuickJSDeferredPromise,
  type QuickJSHandle,
  type QuickJSRuntime,
} from 'quickjs-emscripten-core';
import { mostLineLength, type SandboxLimits } from '../limits.js';
import type { GuestMessage, GuestRequest, GuestResponse, ServerMessage } from '../messages.js';
import { hostFunctions } from './host-functions.js';
import { prelude } from './prelude.js';

/** The package's types are those of CommonJS, where the default export is a name; as an ES module it is the module itself. */
const variant = 'default' in release ? release.default : release;

/** The provider did what ends it: nothing of its machine may be used after this. */
export class GuestCondemned extends Error {
  constructor(
    readonly why: Extract<GuestMessage, { type: 'condemned' }>['why'],
    message: string,
  ) {
    super(message.slice(0, mostLineLength));
  }
}

/** Jobs between two looks at the clock: a chain of promises never ends in one of them. */
const jobsAtOnce = 100;

const pageBytes = 65_536;
/** How much of its memory a provider may hold. It grows by fifths, and is never given back. */
const mostFull = 5 / 6;

/** Milliseconds that this thread has worked: a machine that is busy with others takes nothing from a provider. */
const worked = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
};

/**
 * A provider's code in a machine of its own: QuickJS in WebAssembly, whose memory cannot grow beyond its limit. Each piece
 * of work, from a message until there is nothing left to do, has `turnMs` of the processor. Every method throws
 * GuestCondemned.
 */
export class Guest {
  /** What each open question may still do. */
  private readonly questions = new Map<number, { requests: number; lines: number }>();
  private readonly requests = new Map<number, { question: number; promise: QuickJSDeferredPromise }>();
  private lastRequest = 0;
  private turnEnds = 0;
  private isLate = false;
  /** What it said in this turn; of one that condemns it nobody hears. */
  private said: GuestMessage[] = [];
  private readonly context: QuickJSContext;
  private readonly ask: QuickJSHandle;
  private readonly provider: QuickJSHandle;

  /** @param source an ES module; its default export has the verbs */
  static async load(source: string, limits: SandboxLimits, say: (message: GuestMessage) => void) {
    const wasmMemory = new WebAssembly.Memory({ initial: 256, maximum: limits.memoryPages });
    const machine = await newQuickJSWASMModuleFromVariant(newVariant(variant, { wasmMemory }));
    return new Guest(machine.newRuntime(), wasmMemory, source, limits, say);
  }

  private constructor(
    private readonly runtime: QuickJSRuntime,
    private readonly memory: WebAssembly.Memory,
    source: string,
    private readonly limits: SandboxLimits,
    private readonly say: (message: GuestMessage) => void,
  ) {
    runtime.setMaxStackSize(limits.stackBytes);
    runtime.setInterruptHandler(() => (this.isLate ||= worked() > this.turnEnds));
    this.context = runtime.newContext();
    this.ask = this.turn(() => this.prepare());
    this.provider = this.defaultExport(this.turn(() => this.evaluate(source)));
  }

  question({ id, verb, question, config }: Extract<ServerMessage, { type: 'ask' }>): void {
    const { context, limits } = this;
    this.questions.set(id, { requests: limits.requests, lines: limits.consoleLines });
    this.turn(() => {
      const texts = [verb, question, config].map((text) => context.newString(text));
      const handles = [context.newNumber(id), ...texts];
      context
        .unwrapResult(context.callFunction(this.ask, context.undefined, this.provider, ...handles))
        .dispose();
      for (const handle of handles) handle.dispose();
    });
  }

  /** Nobody waits for it any more: what it still does is heard by nobody. */
  drop(id: number): void {
    this.questions.delete(id);
    for (const [request, { question }] of this.requests)
      if (question === id) this.unfetched(request, 'Nobody waits for it any more');
  }

  fetched(request: number, { status, url, contentType, body }: GuestResponse): void {
    const { context } = this;
    this.settle(request, (promise) => {
      const values = {
        status: context.newNumber(status),
        url: context.newString(url),
        contentType: context.newString(contentType ?? ''),
        body: context.newArrayBuffer(Uint8Array.from(Buffer.from(body, 'base64')).buffer),
      };
      const response = context.newObject();
      for (const [name, value] of Object.entries(values))
        value.consume((handle) => context.setProp(response, name, handle));
      response.consume((handle) => promise.resolve(handle));
    });
  }

  unfetched(request: number, message: string): void {
    this.settle(request, (promise) =>
      this.context.newError(message).consume((error) => promise.reject(error)),
    );
  }

  private settle(request: number, how: (promise: QuickJSDeferredPromise) => void): void {
    const open = this.requests.get(request);
    if (!open) return;
    this.requests.delete(request);
    this.turn(() => how(open.promise));
  }

  private prepare(): QuickJSHandle {
    const { context } = this;
    const host = hostFunctions(context, this.listener(), this.limits);
    const made = context.unwrapResult(context.evalCode(`(${prelude})`, 'sandbox'));
    return context.unwrapResult(context.callFunction(made, context.undefined, host));
  }

  private evaluate(source: string): QuickJSHandle {
    const result = this.context.evalCode(source, 'bundle.js', { type: 'module' });
    if (result.error) throw this.verdict(this.describe(result.error), 'load');
    return result.value;
  }

  private defaultExport(exports: QuickJSHandle): QuickJSHandle {
    const { context } = this;
    const state = context.getPromiseState(exports);
    if (state.type === 'pending') throw new GuestCondemned('load', 'It waits for something while it loads');
    if (state.type === 'rejected') throw this.verdict(this.describe(state.error), 'load');
    const provider = context.getProp(state.value, 'default');
    if (context.typeof(provider) === 'object') return provider;
    throw new GuestCondemned('load', 'Its default export is no provider');
  }

  private listener(): Parameters<typeof hostFunctions>[1] {
    const line = (text: string): string => text.slice(0, mostLineLength);
    return {
      fetch: (id, request) => this.fetch(id, request),
      answered: (id, value) => this.questions.delete(id) && this.said.push({ type: 'answered', id, value }),
      failed: (id, message) =>
        this.questions.delete(id) && this.said.push({ type: 'failed', id, message: line(message) }),
      printed: (id, text) => {
        // What is printed while it loads, or by the console, counts for the question that has been asked last.
        const open = this.questions.get(id) ?? [...this.questions.values()].at(-1);
        if (open && open.lines-- > 0) this.said.push({ type: 'console', line: line(text) });
      },
    };
  }

  private fetch(id: number, request: GuestRequest): QuickJSHandle {
    const open = this.questions.get(id);
    if (!open) throw new Error('This question is over');
    if (open.requests-- <= 0) throw new Error(`At most ${this.limits.requests} requests for one question`);
    const number = ++this.lastRequest;
    const promise = this.context.newPromise();
    this.requests.set(number, { question: id, promise });
    this.said.push({ type: 'fetch', id, request: number, ...request });
    return promise.handle;
  }

  /** Runs the provider until it waits for something. */
  private turn<T>(work: () => T): T {
    this.turnEnds = worked() + this.limits.turnMs;
    try {
      const result = work();
      while (this.runJobs() > 0);
      for (const message of this.said.splice(0)) this.say(message);
      return result;
    } catch (error) {
      if (error instanceof GuestCondemned) throw error;
      // What the machine itself throws is its end: it was left in the middle of something.
      throw this.verdict(error instanceof Error ? error.message : String(error), 'crash');
    }
  }

  /** @returns how many there were */
  private runJobs(): number {
    const ran = this.runtime.executePendingJobs(jobsAtOnce);
    if (ran.error) throw this.verdict(this.describe(ran.error), 'crash');
    this.isLate ||= worked() > this.turnEnds;
    if (this.isLate) throw this.verdict('', 'time');
    // Seen here, as the provider may catch what it is told of it; a little is left, or nobody could be told anything.
    if (this.memory.buffer.byteLength > this.limits.memoryPages * pageBytes * mostFull)
      throw new GuestCondemned('memory', 'It holds more memory than it may');
    return ran.value;
  }

  private verdict(problem: string, otherwise: GuestCondemned['why']): GuestCondemned {
    if (this.isLate) return new GuestCondemned('time', `It worked for longer than ${this.limits.turnMs} ms`);
    return new GuestCondemned(/out of memory/i.test(problem) ? 'memory' : otherwise, problem);
  }

  /** What an error says. A getter of it is the provider's code, and its time is the turn's. */
  private describe(error: QuickJSHandle): string {
    const { context } = this;
    const part = (name: string): string =>
      context
        .getProp(error, name)
        .consume((each) => (context.typeof(each) === 'string' ? context.getString(each) : ''));
    return error
      .consume(() => [part('name'), part('message')].filter(Boolean).join(': '))
      .slice(0, mostLineLength);
  }
}
