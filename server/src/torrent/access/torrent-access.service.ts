import type { TorrentAccess, TorrentPermission } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { TorrentPermissionEntity } from '../entities/torrent-permission.entity.js';
import { TorrentRegistry } from '../manage/torrent-registry.js';
import { TorrentSettingsService } from '../settings/torrent-settings.service.js';
import { Household, type HouseholdMember } from './household.js';
import { mayUse } from './may-use.js';

type Grant = Pick<TorrentPermissionEntity, 'allowed' | 'maxStreams' | 'quotaBytes'>;
export type GrantChange = { [K in keyof Grant]?: Grant[K] | undefined };

/** How long what was read holds, ms; a change by this process counts at once. */
const trustMs = 15_000;

const noGrant: Grant = { allowed: false, maxStreams: null, quotaBytes: null };

/** Who may use torrents, how much of them, and who sees which. */
@Injectable()
export class TorrentAccessService {
  private grants: { read: Promise<Map<string, Grant>>; until: number } | undefined;

  constructor(
    private readonly database: Database,
    private readonly household: Household,
    private readonly settings: TorrentSettingsService,
    private readonly registry: TorrentRegistry,
  ) {}

  /** Whether the account may use torrents, were they on. */
  async isAllowed(accountId: string): Promise<boolean> {
    const person = await this.household.person(accountId);
    return mayUse(person, (await this.grantOf(accountId)).allowed);
  }

  /** @throws ProblemError TORRENTS_NOT_ALLOWED, TORRENTS_DISABLED */
  async mustBeAllowed(accountId: string): Promise<void> {
    if (!(await this.isAllowed(accountId))) throw new ProblemError('TORRENTS_NOT_ALLOWED');
    await this.settings.load();
    if (!this.settings.isOn) throw new ProblemError('TORRENTS_DISABLED');
  }

  /** Its own, a shared one, any for administrators; none while torrents are off. */
  async maySee(infoHash: string, accountId: string): Promise<boolean> {
    await this.settings.load();
    if (!this.settings.isOn || !(await this.isAllowed(accountId))) return false;
    await this.registry.load();
    const entry = this.registry.get(infoHash);
    if (!entry) return false;
    return this.registry.isSeenBy(entry, accountId, await this.isAdministrator(accountId));
  }

  async isAdministrator(accountId: string): Promise<boolean> {
    return (await this.household.person(accountId))?.role === 'admin';
  }

  person(accountId: string): Promise<HouseholdMember | undefined> {
    return this.household.person(accountId);
  }

  /** Those who may use torrents; administrators first. */
  async users(): Promise<HouseholdMember[]> {
    const grants = await this.allGrants();
    const people = [...(await this.household.people()).values()];
    const users = people.filter((person) => mayUse(person, grants.get(person.id)?.allowed ?? false));
    return users.toSorted((a, b) => Number(b.role === 'admin') - Number(a.role === 'admin'));
  }

  async grantOf(accountId: string): Promise<Grant> {
    return (await this.allGrants()).get(accountId) ?? noGrant;
  }

  /** What the account may do here. */
  async describe(accountId: string): Promise<TorrentAccess> {
    await this.settings.load();
    if (this.settings.isOn) await this.registry.load();
    return {
      enabled: this.settings.isOn,
      allowed: await this.isAllowed(accountId),
      administrator: await this.isAdministrator(accountId),
      browserPeers: this.settings.isOn && this.settings.current.browserPeers,
      quotaBytes: (await this.grantOf(accountId)).quotaBytes,
      usedBytes: this.registry.usedBytes(accountId),
    };
  }

  async permissions(): Promise<TorrentPermission[]> {
    await this.registry.load();
    const people = [...(await this.household.people()).values()];
    return Promise.all(people.map((person) => this.permissionOf(person)));
  }

  /** @throws ProblemError NOT_FOUND; TORRENTS_NOT_ALLOWED for whom nobody may allow it */
  async changePermission(accountId: string, change: GrantChange): Promise<TorrentPermission> {
    const person = await this.household.person(accountId);
    if (!person) throw notFound('account');
    if (change.allowed && !mayUse({ ...person, disabled: false }, true))
      throw new ProblemError('TORRENTS_NOT_ALLOWED', {
        detail: 'Children, and accounts with an age limit, cannot use torrents.',
      });
    const stated = Object.fromEntries(Object.entries<unknown>(change).filter(([, value]) => value !== undefined));
    const grant = { ...(await this.grantOf(accountId)), ...stated };
    await this.database.write((manager) =>
      manager.upsert(TorrentPermissionEntity, { accountId, ...grant }, ['accountId']),
    );
    this.grants = undefined;
    return this.permissionOf(person);
  } // prettier-ignore

  /** @param playing what the account watches already @throws ProblemError STREAM_LIMIT_REACHED */
  async mustHaveStreamLeft(accountId: string, playing: number): Promise<void> {
    const { maxStreams } = await this.grantOf(accountId);
    if (maxStreams === null || playing < maxStreams || (await this.isAdministrator(accountId))) return;
    const detail = `You may watch ${maxStreams} torrents at the same time. Stop another one first.`;
    throw new ProblemError('STREAM_LIMIT_REACHED', { detail, retryAfter: 30 });
  }

  /** @param bytes more than now @throws ProblemError QUOTA_EXCEEDED */
  async mustHaveRoom(accountId: string, bytes: number): Promise<void> {
    if (await this.hasRoom(accountId, bytes)) return;
    throw new ProblemError('QUOTA_EXCEEDED');
  }

  async hasRoom(accountId: string, bytes: number): Promise<boolean> {
    const { quotaBytes } = await this.grantOf(accountId);
    if (quotaBytes === null || (await this.isAdministrator(accountId))) return true;
    return this.registry.usedBytes(accountId) + bytes <= quotaBytes;
  }

  private async permissionOf(person: HouseholdMember): Promise<TorrentPermission> {
    const grant = await this.grantOf(person.id);
    return {
      accountId: person.id,
      username: person.username,
      allowed: mayUse(person, grant.allowed),
      maxStreams: grant.maxStreams,
      quotaBytes: grant.quotaBytes,
      usedBytes: this.registry.usedBytes(person.id),
    };
  }

  private allGrants(): Promise<Map<string, Grant>> {
    if (this.grants && this.grants.until > Date.now()) return this.grants.read;
    const read = this.database.read
      .find(TorrentPermissionEntity)
      .then((rows) => new Map(rows.map((row) => [row.accountId, row])));
    const entry = { read, until: Date.now() + trustMs };
    this.grants = entry;
    read.catch(() => {
      if (this.grants === entry) this.grants = undefined;
    });
    return read;
  }
}
