import type { Doorkeeper, Guest, GuestFacts } from '@hearth/dlna/guest';
import type { DeviceProfile } from '@hearth/dlna/profiles/device-profile';
import { Inject, Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { newId } from '../../common/id.js';
import { Logger } from '../../common/log/logger.js';
import { RecentMap } from '../../common/recent-map.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { DeviceProfiles } from '../device-profiles.service.js';
import { DeviceEntity } from './device.entity.js';
import { nameOf, productOf } from './device-words.js';
import { DeviceViewers } from './device-viewers.service.js';
import { Neighbours } from './neighbours.js';

interface Met {
  device: DeviceEntity;
  /** When it is looked up again: addresses change hands, and accounts go. */
  until: number;
  savedAt: number;
}

/** How long a device is known by its address without another look, ms. */
const trustMs = 15_000;
/** How often it is written down that a device is still there, ms. */
const seenMs = 5 * 60_000;
/** How often it may be recognised as something else, ms: a computer may run two players at once. */
const renewMs = 10_000;
const mostDevices = 300;

/**
 * Every device that ever came: whose it is, and whether it may. Recognised by its hardware address where the kernel
 * knows that, else by its network address; so a television that is given another address stays the same.
 */
@Injectable()
export class DeviceRegistry implements Doorkeeper {
  private readonly met = new RecentMap<string, Met>(mostDevices);
  private readonly meeting = new Map<string, Promise<Met>>();
  private readonly logger: Logger;

  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly viewers: DeviceViewers,
    @Inject(DeviceProfiles) private readonly profiles: Pick<DeviceProfiles, 'book'>,
    logger: Logger,
    private readonly neighbours: Neighbours,
  ) {
    this.logger = logger.scoped('dlna');
  }

  /** @returns undefined for a device that an administrator shut out */
  async admit(facts: GuestFacts, profile: DeviceProfile): Promise<Guest | undefined> {
    const { device } = await this.meet(facts, profile);
    if (device.access === 'denied') return undefined;
    const fixed =
      device.fixedProfileId === null ? undefined : (await this.profiles.book()).byId(device.fixedProfileId);
    const viewerId = await this.viewers.accountOf(device);
    return { facts, profile: fixed ?? profile, deviceId: device.id, viewerId };
  }

  /** What a device is called, as far as it came since the start. */
  nameOf(deviceId: string): string {
    return [...this.met.values()].find(({ device }) => device.id === deviceId)?.device.name ?? 'Television';
  }

  /** The device at an address, as far as it came since the start. */
  at(address: string): DeviceEntity | undefined {
    return this.met.get(address)?.device;
  }

  /** What is known is read anew: an administrator changed it. */
  forget(): void {
    this.met.clear();
    this.viewers.forget();
  }

  private async meet(facts: GuestFacts, profile: DeviceProfile): Promise<Met> {
    const { address } = facts;
    const known = this.met.get(address);
    const now = Date.now();
    if (known && known.until > now) {
      known.device.lastSeenAt = now;
      const isNew = isBetterKnown(known.device, profile) && now - known.savedAt > renewMs;
      if (isNew || now - known.savedAt > seenMs) this.see(known, facts, profile);
      return known;
    }
    const underWay = this.meeting.get(address);
    if (underWay) return underWay;
    const meeting = this.lookUp(facts, profile).finally(() => this.meeting.delete(address));
    this.meeting.set(address, meeting);
    return meeting;
  }

  private async lookUp(facts: GuestFacts, profile: DeviceProfile): Promise<Met> {
    const mac = await this.neighbours.mac(facts.address);
    const before = this.met.get(facts.address);
    const found = (await this.find(facts.address, mac)) ?? (await this.add(facts, mac, profile));
    if (mac !== null && found.mac === null) await this.recognise(found, mac);
    const met = { device: found, until: Date.now() + trustMs, savedAt: before?.savedAt ?? 0 };
    this.met.set(facts.address, met);
    if (Date.now() - met.savedAt > seenMs) this.see(met, facts, profile);
    return met;
  }

  private async find(address: string, mac: string | null): Promise<DeviceEntity | null> {
    const order = { lastSeenAt: 'DESC' } as const;
    const manager = this.database.read;
    if (mac === null) return manager.findOne(DeviceEntity, { where: { address }, order });
    // One that was settled before its hardware address was known stays settled.
    return (
      (await manager.findOne(DeviceEntity, { where: { mac }, order })) ??
      manager.findOne(DeviceEntity, { where: { address, mac: IsNull() }, order })
    );
  }

  private async recognise(device: DeviceEntity, mac: string): Promise<void> {
    await this.database.write((manager) => manager.update(DeviceEntity, { id: device.id }, { mac }));
    device.mac = mac;
  }

  /** A stranger sees what everybody in the house sees. */
  private async add(facts: GuestFacts, mac: string | null, profile: DeviceProfile): Promise<DeviceEntity> {
    const now = Date.now();
    const device: DeviceEntity = {
      ...{ id: newId(), name: nameOf(facts, profile), address: facts.address, mac, udn: null },
      ...{ product: productOf(facts), profileId: profile.id, fixedProfileId: null },
      ...{ viewer: 'household', accountId: null, access: 'allowed', settled: false },
      ...{ firstSeenAt: now, lastSeenAt: now },
    };
    await this.database.writeAlone('devices', async (manager) => {
      const count = await manager.count(DeviceEntity);
      if (count >= mostDevices) {
        const where = { settled: false };
        const oldest = await manager.findOne(DeviceEntity, { where, order: { lastSeenAt: 'ASC' } });
        // All of them somebody's: this one is let in, and not remembered.
        if (!oldest) return;
        await manager.delete(DeviceEntity, { id: oldest.id });
      }
      await manager.insert(DeviceEntity, device);
      this.events.publish('device.updated', { deviceId: device.id });
    });
    this.logger.info('A device came over DLNA for the first time', {
      name: device.name,
      address: facts.address,
    });
    return device;
  }

  /** Written down in the background: the device does not wait for it. */
  private see(met: Met, facts: GuestFacts, profile: DeviceProfile): void {
    const { device } = met;
    met.savedAt = Date.now();
    const isBetter = isBetterKnown(device, profile);
    const change = {
      address: facts.address,
      lastSeenAt: met.savedAt,
      ...(isBetter && { profileId: profile.id, product: productOf(facts) || device.product }),
      ...(isBetter && !device.settled && { name: nameOf(facts, profile) }),
    };
    Object.assign(device, change);
    this.database
      .write(async (manager) => {
        await manager.update(DeviceEntity, { id: device.id }, change);
        if (isBetter) this.events.publish('device.updated', { deviceId: device.id });
      })
      .catch((error: unknown) => this.logger.warn('A device was not saved', { error }));
  }
}

/** A request told more than those before: its User-Agent names the device, not a library. */
const isBetterKnown = (device: DeviceEntity, profile: DeviceProfile): boolean =>
  profile.id !== device.profileId && profile.id !== 'generic';
