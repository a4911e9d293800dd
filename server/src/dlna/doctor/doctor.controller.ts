import { deviceRoutes, type DoctorReport } from '@hearth/contract/device';
import { Controller } from '@nestjs/common';
import { Handle } from '../../common/http/handle.js';
import { DoctorService } from './doctor.service.js';

@Controller()
export class DoctorController {
  constructor(private readonly doctor: DoctorService) {}

  @Handle(deviceRoutes.doctor)
  report(): Promise<DoctorReport> {
    return this.doctor.report();
  }

  @Handle(deviceRoutes.examine)
  examine(): ReturnType<DoctorService['examine']> {
    return this.doctor.examine();
  }
}
