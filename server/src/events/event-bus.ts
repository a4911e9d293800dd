import type { Role } from '@hearth/contract/account';
import type { ServerEventName, ServerEventPayload } from '@hearth/contract/events';
import { Injectable } from '@nestjs/common';
import { Logger } from '../common/log/logger.js';
import { Database } from '../database/database.js';

/** One thing that happened, for whom, and what of it clients may know. */
export interface ServerEvent<N extends ServerEventName = ServerEventName> {
  name: N;
  payload: ServerEventPayload<N>;
  /** The only account that may hear it, for events whose audience is `account`. */
  accountId?: string;
}

type Listener = (event: ServerEvent) => void;
type RoleListener = (accountId: string, role: Role) => void;

/** Typed events inside the server. They leave after commit: nobody hears of what was rolled back. */
@Injectable()
export class EventBus {
  private readonly listeners = new Set<Listener>();
  private readonly roleListeners = new Set<RoleListener>();
  private isHeard: (accountId: string) => boolean = () => false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
  ) {}

  publish<N extends ServerEventName>(name: N, payload: ServerEventPayload<N>, accountId?: string): void {
    this.database.afterCommit(() => {
      for (const listener of this.listeners) this.tell(listener, { name, payload, accountId });
    });
  }

  /** Clients that listen already hear, after commit, what the account's new role may and nothing else. */
  changeRole(accountId: string, role: Role): void {
    this.database.afterCommit(() => {
      for (const listener of this.roleListeners) listener(accountId, role);
    });
  }

  /** Whether a client of the account may be connected: what ticks all the time is published for nobody else. */
  isHeardBy(accountId: string): boolean {
    return this.isHeard(accountId);
  }

  /** For who knows the connections. */
  tellWhoHears(isHeard: (accountId: string) => boolean): void {
    this.isHeard = isHeard;
  }

  /** @returns a function that stops listening */
  listenToRoles(listener: RoleListener): () => void {
    this.roleListeners.add(listener);
    return () => this.roleListeners.delete(listener);
  }

  /** What was committed stays committed, whatever a listener makes of it. */
  private tell(listener: Listener, event: ServerEvent): void {
    try {
      listener(event);
    } catch (error) {
      this.logger.error('A listener failed', { event: event.name, error });
    }
  }

  /** @returns a function that stops listening */
  listen(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
