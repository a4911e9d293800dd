import { Inject, Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { RecentMap } from '../../common/recent-map.js';
import { SessionService } from '../../user/session.service.js';
import type { CastSender } from '../cast-media.port.js';
import type { Grant } from './resource-ids.js';

/** Beyond its length, s: somebody stops for dinner, and goes on after it. */
const graceSeconds = 6 * 60 * 60;
/** Things on screens that are known to be fetched still. */
const mostRenewed = 500;

const keyOf = (id: string, { sessionId, until }: Grant): string => `${id} ${sessionId} ${until}`;
const secondsOf = (ms: number): number => Math.ceil(ms / 1000);

/**
 * The rights that people lend to screens: an address that was sent to one names nobody but its sender, and anybody in the
 * house may have read it. So it ends with the sender's sign-in, and some hours after what it is of, unless it is fetched.
 */
@Injectable()
export class CastGrants {
  /** Until when, seconds since the epoch. */
  private readonly renewed = new RecentMap<string, number>(mostRenewed);

  constructor(@Inject(SessionService) private readonly sessions: Pick<SessionService, 'check'>) {}

  /** @param durationSeconds 0 where it has none @param now ms since the epoch */
  give({ accountId, sessionId }: CastSender, durationSeconds: number, now = Date.now()): Grant {
    return { accountId, sessionId, until: secondsOf(now + (durationSeconds + graceSeconds) * 1000) };
  }

  /** Whether it may be fetched now; whoever fetches may go on. @param now ms since the epoch */
  async hold(id: string, grant: Grant, now = Date.now()): Promise<boolean> {
    const key = keyOf(id, grant);
    const at = secondsOf(now);
    if (at > Math.max(grant.until, this.renewed.get(key) ?? 0)) return false;
    if (!(await this.isThere(grant))) return false;
    this.renewed.set(key, at + graceSeconds);
    return true;
  }

  /** @throws ProblemError FORBIDDEN for a sender who is signed out there by now */
  async mustBeThere(sender: CastSender): Promise<void> {
    if (!(await this.isThere(sender)))
      throw new ProblemError('FORBIDDEN', { detail: 'Whoever sent this is signed out.' });
  }

  private async isThere({ accountId, sessionId }: CastSender): Promise<boolean> {
    return (await this.sessions.check(accountId, sessionId)) !== null;
  }
}
