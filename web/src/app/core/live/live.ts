import { DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import {
  eventsPath,
  serverEvents,
  type ServerEventName,
  type ServerEventPayload,
} from '@hearth/contract/events';
import type { Socket } from 'socket.io-client';
import { Connection } from '../connection';
import { Session } from '../session/session';

type Listener = (payload: never) => void;

/** The server's live events, checked against the contract. Connects when someone is signed in. */
@Injectable({ providedIn: 'root' })
export class Live {
  readonly #session = inject(Session);
  readonly #connection = inject(Connection);
  readonly #connected = signal(false);
  readonly #gaps = signal(0);
  readonly #listeners = new Map<ServerEventName, Set<Listener>>();
  #socket: Socket | undefined;
  #account: string | undefined;

  readonly connected = this.#connected.asReadonly();
  /** Counts reconnects: events may have been missed in between. */
  readonly gaps = this.#gaps.asReadonly();

  /** Called once by the app: follows the session. */
  start(): void {
    effect(() => {
      const account = this.#session.user()?.id;
      untracked(() => void this.#follow(account));
    });
  }

  /** Hears `name` until the surrounding component or service is destroyed. Call where injection works. */
  on<N extends ServerEventName>(name: N, listener: (payload: ServerEventPayload<N>) => void): void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    inject(DestroyRef).onDestroy(() => listeners.delete(listener));
  }

  async #follow(account: string | undefined): Promise<void> {
    if (account === this.#account) return;
    this.#account = account;
    this.#socket?.disconnect();
    this.#socket = undefined;
    if (!account) return this.#connected.set(false);
    const { io } = await import('socket.io-client');
    if (this.#account === account) this.#socket = this.#open(io);
  }

  #open(io: typeof import('socket.io-client').io): Socket {
    const socket = io({
      path: eventsPath,
      transports: ['websocket', 'polling'],
      // Asked at every (re)connect, so a long sleep ends with a fresh token.
      auth: (give) => {
        this.#session.token().then(
          (token) => give({ token }),
          () => give({}),
        );
      },
    });
    let before = false;
    socket.on('connect', () => {
      this.#connected.set(true);
      if (before) this.#gaps.update((count) => count + 1);
      before = true;
    });
    socket.on('disconnect', (reason) => {
      this.#connected.set(false);
      // The server hangs up when a token ends; Socket.IO leaves coming back after that to us.
      if (reason === 'io server disconnect' && this.#account) setTimeout(() => socket.connect(), 1000);
      // Nobody else may notice for long: a page that only shows what it has asks nothing.
      else if (this.#account) void this.#connection.suspect();
    });
    socket.onAny((name: string, payload: unknown) => this.#deliver(name, payload));
    return socket;
  }

  #deliver(name: string, payload: unknown): void {
    if (!isEventName(name)) return;
    const parsed = serverEvents[name].payload.safeParse(payload);
    if (!parsed.success) return;
    // `on` ties each listener's parameter to its event's schema.
    for (const listener of this.#listeners.get(name) ?? []) listener(parsed.data as never);
  }
}

function isEventName(name: string): name is ServerEventName {
  return Object.hasOwn(serverEvents, name);
}
