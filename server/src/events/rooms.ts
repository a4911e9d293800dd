import { serverEvents } from '@hearth/contract/events';
import type { ServerEvent } from './event-bus.js';
import type { VerifiedToken } from './token-verifier.js';

export const accountRoom = (accountId: string): string => `account:${accountId}`;
export const sessionRoom = (sessionId: string): string => `session:${sessionId}`;

/** Those of accounts that may not see everything, and of one of them. */
export const limitedRoom = 'limited';
export const limitedRooms = (accountId: string): string[] => [limitedRoom, `${limitedRoom}:${accountId}`];

/** The rooms in which a caller hears everything meant for them. */
export function roomsOf({ accountId, role, sessionId, limited }: Omit<VerifiedToken, 'expiresAt'>): string[] {
  const rooms = ['member', accountRoom(accountId)];
  if (role === 'admin') rooms.push('admin');
  if (limited) rooms.push(...limitedRooms(accountId));
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

/**
 * What accounts with limits hear of an event that names things: they may not know of them. Null where it names none.
 * `owner`: who may hear it whole, for it is theirs.
 */
export function discreet({ name, payload }: ServerEvent): { payload: object; owner: string | null } | null {
  if (name === 'scan.progress') return { payload: { ...payload, current: '' }, owner: null };
  if (name !== 'renderer.updated') return null;
  const { accountId } = serverEvents[name].payload.parse(payload);
  return { payload: { ...payload, item: null, queue: [] }, owner: accountId };
}
