import { serverEvents } from '@hearth/contract/events';
import type { Caller } from '../common/http/caller.js';
import type { ServerEvent } from './event-bus.js';

export const accountRoom = (accountId: string): string => `account:${accountId}`;
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`;

/** The rooms in which a caller hears everything meant for them. */
export function roomsOf({ accountId, role, sessionId }: Caller): string[] {
  const rooms = ['member', accountRoom(accountId)];
  if (role === 'admin') rooms.push('admin');
  if (sessionId !== null) rooms.push(sessionRoom(sessionId));
  return rooms;
}

/**
 * The one room an event goes to.
 * @throws Error for an event of one account that does not say which: better nobody hears it than everybody
 */
export function audienceRoom({ name, accountId }: ServerEvent): string {
  const { audience } = serverEvents[name];
  if (audience !== 'account') return audience;
  if (!accountId) throw new Error(`Event ${name} was published without the account it is for`);
  return accountRoom(accountId);
}
