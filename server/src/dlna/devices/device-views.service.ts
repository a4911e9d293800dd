import type { Device, deviceRoutes, DeviceViewer } from '@hearth/contract/device';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Injectable } from '@nestjs/common';
import { notFound, ProblemError } from '../../common/problem-error.js';
import { Database } from '../../database/database.js';
import { EventBus } from '../../events/event-bus.js';
import { AccountService } from '../../user/account.service.js';
import { DeviceProfiles } from '../device-profiles.service.js';
import { RendererHouse } from '../renderers/renderer-house.service.js';
import { DeviceActivity } from './device-activity.service.js';
import { DeviceEntity } from './device.entity.js';
import { DeviceRegistry } from './device-registry.service.js';

type Change = RouteInput<typeof deviceRoutes.update>;

const iso = (time: number): string => new Date(time).toISOString();

/** Devices as an administrator sees and settles them. */
@Injectable()
export class DeviceViews {
  constructor(
    private readonly database: Database,
    private readonly events: EventBus,
    private readonly registry: DeviceRegistry,
    private readonly activity: DeviceActivity,
    private readonly profiles: DeviceProfiles,
    private readonly accounts: AccountService,
    private readonly renderers: RendererHouse,
  ) {}

  /** Those seen last first. */
  async list(): Promise<RouteReply<typeof deviceRoutes.list>> {
    const devices = await this.database.read.find(DeviceEntity, { order: { lastSeenAt: 'DESC', id: 'ASC' } });
    const profiles = (await this.profiles.book()).all.map(({ id, name }) => ({ id, name }));
    return { items: await Promise.all(devices.map((device) => this.view(device))), profiles };
  }

  /** @throws ProblemError NOT_FOUND; VALIDATION_FAILED for a profile or an account that does not exist */
  async update({ id, name, viewer, access, profileId }: Change): Promise<Device> {
    if (viewer?.kind === 'person') await this.mustBePerson(viewer.accountId);
    if (profileId && !(await this.profiles.book()).byId(profileId))
      throw invalid('profileId', 'there is no such profile');
    const device = await this.database.write(async (manager) => {
      const found = await manager.findOneBy(DeviceEntity, { id });
      if (!found) throw notFound('device');
      Object.assign(found, {
        settled: true,
        ...(name !== undefined && { name }),
        ...(access !== undefined && { access }),
        ...(profileId !== undefined && { fixedProfileId: profileId }),
        ...(viewer && { viewer: viewer.kind, accountId: viewer.kind === 'person' ? viewer.accountId : null }),
      });
      this.events.publish('device.updated', { deviceId: id });
      return manager.save(found);
    });
    this.registry.forget();
    return this.view(device);
  }

  /** @throws ProblemError NOT_FOUND */
  async remove(id: string): Promise<void> {
    await this.database.write(async (manager) => {
      const { affected } = await manager.delete(DeviceEntity, { id });
      if (!affected) throw notFound('device');
      this.events.publish('device.updated', { deviceId: id });
    });
    this.registry.forget();
  }

  /** @throws ProblemError NOT_FOUND */
  async get(id: string): Promise<DeviceEntity> {
    const device = await this.database.read.findOneBy(DeviceEntity, { id });
    if (!device) throw notFound('device');
    return device;
  }

  private async view(device: DeviceEntity): Promise<Device> {
    const book = await this.profiles.book();
    const profileId = device.fixedProfileId ?? device.profileId;
    const seen = this.registry.at(device.address);
    return {
      id: device.id,
      name: device.name,
      address: device.address,
      product: device.product,
      profileId,
      profileName: (book.byId(profileId) ?? book.generic).name,
      profileFixed: device.fixedProfileId !== null,
      viewer: viewerOf(device),
      access: device.access,
      firstSeenAt: iso(device.firstSeenAt),
      lastSeenAt: iso(Math.max(device.lastSeenAt, seen?.id === device.id ? seen.lastSeenAt : 0)),
      rendererId: this.renderers.idAt(device.address) ?? null,
      playing: await this.activity.of(device),
    };
  }

  private async mustBePerson(accountId: string): Promise<void> {
    const people = await this.accounts.list();
    if (!people.some(({ id }) => id === accountId)) throw invalid('viewer.accountId', 'nobody has this id');
  }
}

const viewerOf = ({ viewer, accountId }: DeviceEntity): DeviceViewer => {
  if (viewer !== 'person') return { kind: viewer };
  return accountId === null ? { kind: 'household' } : { kind: 'person', accountId };
};

const invalid = (path: string, message: string): ProblemError =>
  new ProblemError('VALIDATION_FAILED', { detail: `${path}: ${message}`, errors: [{ path, message }] });
