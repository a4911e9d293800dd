import { Injectable } from '@nestjs/common';
import { Database } from '../../database/database.js';
import { DeviceEntity } from '../devices/device.entity.js';
import { DeviceRegistry } from '../devices/device-registry.service.js';

/** What an administrator has settled for the device that a screen is. */
@Injectable()
export class ScreenDevices {
  constructor(
    private readonly registry: DeviceRegistry,
    private readonly database: Database,
  ) {}

  /** The device that fetched from this address last; undefined for one that never fetched anything. */
  async at(address: string): Promise<DeviceEntity | undefined> {
    const met = this.registry.at(address);
    if (met) return met;
    const order = { lastSeenAt: 'DESC' } as const;
    return (await this.database.read.findOne(DeviceEntity, { where: { address }, order })) ?? undefined;
  }
}
