import { type Device, type DeviceDelivery, deviceRoutes } from '@hearth/contract/device';
import type { RouteInput, RouteReply } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { Handle, Input } from '../../common/http/handle.js';
import { DeviceDeliveries } from './device-deliveries.service.js';
import { DeviceViews } from './device-views.service.js';

type Routes = typeof deviceRoutes;

@Controller()
export class DeviceController {
  constructor(
    private readonly devices: DeviceViews,
    private readonly deliveries: DeviceDeliveries,
  ) {}

  @Handle(deviceRoutes.list)
  list(): Promise<RouteReply<Routes['list']>> {
    return this.devices.list();
  }

  @Handle(deviceRoutes.update)
  update(@Input() input: RouteInput<Routes['update']>): Promise<Device> {
    return this.devices.update(input);
  }

  @Handle(deviceRoutes.remove)
  remove(@Input() { id }: { id: string }): Promise<void> {
    return this.devices.remove(id);
  }

  @Handle(deviceRoutes.gets)
  async gets(@Input() input: RouteInput<Routes['gets']>): Promise<{ items: DeviceDelivery[] }> {
    return { items: await this.deliveries.of(input) };
  }
}
