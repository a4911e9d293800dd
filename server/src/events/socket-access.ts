import type { Socket } from 'socket.io';
import { z } from 'zod';
import { ProblemError } from '../common/problem-error.js';
import { accountRoom, roomsOf } from './rooms.js';
import type { TokenVerifier, VerifiedToken } from './token-verifier.js';

/** Tabs and devices of one account, on one server. */
export const mostConnectionsPerAccount = 30;

const credentials = z.object({ token: z.string().min(1).max(4096) });

/** Who is at the other end of each socket, and until when: a socket never outlives its token. */
export class SocketAccess {
  private readonly known = new WeakMap<Socket, { caller: VerifiedToken; timer: NodeJS.Timeout }>();

  constructor(private readonly verifier: TokenVerifier) {}

  /** Lets a new socket in. @throws ProblemError UNAUTHENTICATED, RATE_LIMITED */
  async admit(socket: Socket): Promise<void> {
    const caller = await this.verify(socket.handshake.auth);
    const others = socket.nsp.adapter.rooms.get(accountRoom(caller.accountId))?.size ?? 0;
    if (others >= mostConnectionsPerAccount) {
      throw new ProblemError('RATE_LIMITED', { detail: 'This account has too many open connections.' });
    }
    this.remember(socket, caller);
  }

  /**
   * Goes on with a newer token of the same session; a new role counts from here.
   * @returns when that one expires, milliseconds since the epoch
   * @throws ProblemError UNAUTHENTICATED
   */
  async renew(socket: Socket, given: unknown): Promise<number> {
    const caller = await this.verify(given);
    const before = this.known.get(socket)?.caller;
    const isSame = before?.accountId === caller.accountId && before.sessionId === caller.sessionId;
    if (!isSame || !socket.connected) throw new ProblemError('UNAUTHENTICATED');
    if (caller.role !== before.role) for (const room of roomsOf(before)) void socket.leave(room);
    this.remember(socket, caller);
    return caller.expiresAt;
  }

  forget(socket: Socket): void {
    clearTimeout(this.known.get(socket)?.timer);
    this.known.delete(socket);
  }

  private remember(socket: Socket, caller: VerifiedToken): void {
    this.forget(socket);
    const timer = setTimeout(() => socket.disconnect(true), Math.max(0, caller.expiresAt - Date.now()));
    timer.unref();
    this.known.set(socket, { caller, timer });
    void socket.join(roomsOf(caller));
  }

  private async verify(given: unknown): Promise<VerifiedToken> {
    const parsed = credentials.safeParse(given);
    if (!parsed.success) throw new ProblemError('UNAUTHENTICATED');
    return this.verifier.verify(parsed.data.token);
  }
}
