import type { Role } from '@hearth/contract/account';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';

/** What of an account decides over torrents. */
export interface HouseholdMember {
  readonly id: string;
  readonly username: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly limited: boolean;
}

interface AccountRow {
  id: string;
  username: string;
  role: Role;
  disabled: boolean | number;
  max_age: number | null;
}

/** How long what was read holds, ms: changes by another process are not heard of here. */
const trustMs = 15_000;

/** The people of the household. A house has few: all are read together, at most every fifteen seconds. */
@Injectable()
export class Household implements OnApplicationShutdown {
  private known: { people: Promise<ReadonlyMap<string, HouseholdMember>>; until: number } | undefined;
  private readonly closers: (() => void)[];

  constructor(
    private readonly database: Database,
    events: EventBus,
  ) {
    const forget = (): void => void (this.known = undefined);
    this.closers = [
      events.listen(({ name }) => {
        if (name === 'limits.changed' || name === 'session.revoked') forget();
      }),
      events.listenToRoles(forget),
    ];
  }

  onApplicationShutdown(): void {
    for (const close of this.closers) close();
  }

  /** By account id; without viewers that nobody signs in as. */
  people(): Promise<ReadonlyMap<string, HouseholdMember>> {
    if (this.known && this.known.until > Date.now()) return this.known.people;
    const entry = { people: this.read(), until: Date.now() + trustMs };
    this.known = entry;
    entry.people.catch(() => {
      if (this.known === entry) this.known = undefined;
    });
    return entry.people;
  }

  /** Undefined for nobody. Who came since the last look is looked for. */
  async person(accountId: string): Promise<HouseholdMember | undefined> {
    const found = (await this.people()).get(accountId);
    if (found) return found;
    this.known = undefined;
    return (await this.people()).get(accountId);
  }

  private async read(): Promise<ReadonlyMap<string, HouseholdMember>> {
    const rows = await this.database.read
      .createQueryBuilder()
      .select('a.id', 'id')
      .addSelect('a.username', 'username')
      .addSelect('a.role', 'role')
      .addSelect('a.disabled', 'disabled')
      .addSelect('a.max_age', 'max_age')
      .from('account', 'a')
      .where('a.reserved IS NULL')
      .orderBy('a.created_at')
      .addOrderBy('a.id')
      .getRawMany<AccountRow>();
    return new Map(
      rows.map(({ max_age: maxAge, disabled, ...row }) => [
        row.id,
        { ...row, disabled: Boolean(disabled), limited: maxAge !== null },
      ]),
    );
  }
}
