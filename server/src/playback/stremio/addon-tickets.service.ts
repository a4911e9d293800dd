import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { type Ticket, TicketSigner } from '../../common/ticket-signer.js';
import { Secrets } from '../../config/secrets.js';
import { Database } from '../../database/database.js';

/** What these tickets have in place of a session and a file. */
const purpose = 'stremio';
/** Apps keep the address of an add-on for good. */
const lifetimeSeconds = 10 * 365 * 24 * 3600;

/** The right to see the home library as one account does, as a path. A new password takes it back. */
@Injectable()
export class AddonTickets {
  constructor(
    private readonly database: Database,
    private readonly signer: TicketSigner,
    private readonly secrets: Secrets,
  ) {}

  async of(accountId: string): Promise<string> {
    const contentKey = await this.password(accountId);
    return this.signer.sign(
      { sessionId: purpose, fileId: purpose, accountId, contentKey, renditions: [] },
      lifetimeSeconds,
    );
  }

  /** @throws ProblemError SIGNATURE_INVALID for a ticket of something else, or of a former password */
  async check({ sessionId, accountId, contentKey }: Ticket): Promise<void> {
    if (sessionId !== purpose || contentKey !== (await this.password(accountId)))
      throw new ProblemError('SIGNATURE_INVALID');
  }

  /** Stands for the account's password, and tells nothing about it. */
  private async password(accountId: string): Promise<string> {
    const row = await this.database.read
      .createQueryBuilder()
      .select('a.password_hash', 'hash')
      .from('account', 'a')
      .where('a.id = :accountId', { accountId })
      .getRawOne<{ hash: string }>();
    if (!row) throw notFound('account');
    const key = this.secrets.key('stream-ticket');
    return createHmac('sha256', key).update(`stremio\n${row.hash}`).digest('base64url').slice(0, 22);
  }
}
