import { type HardwareReport, systemRoutes } from '@hearth/contract/system';
import { Controller, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle } from '../common/http/handle.js';
import { ProblemError } from '../common/problem-error.js';
import { HardwareService } from '../transcoding/hardware/hardware.service.js';
import { MetricsService } from './metrics.service.js';

@Controller()
export class MetricsController {
  constructor(
    private readonly metrics: MetricsService,
    private readonly hardwareService: HardwareService,
  ) {}

  @Handle(systemRoutes.metricsAddress)
  address(@CurrentCaller() { accountId }: Caller): { url: string } {
    return { url: this.metrics.address(accountId) };
  }

  /** Signed for an administrator; worth nothing once they are none. */
  @Handle(systemRoutes.metrics)
  async text(@CurrentCaller() { role }: Caller, @Res() reply: FastifyReply): Promise<void> {
    if (role !== 'admin') throw new ProblemError('FORBIDDEN');
    const text = await this.metrics.text();
    await reply
      .type('text/plain; version=0.0.4; charset=utf-8')
      .header('Cache-Control', 'no-store')
      .send(text);
  }

  @Handle(systemRoutes.hardware)
  hardware(): { report: HardwareReport | null } {
    const found = this.hardwareService.report();
    if (!found) return { report: null };
    const inUse = this.hardwareService.best()?.name ?? 'libx264';
    const families = found.families.map(({ family, encoder, listed, works, reason, broken }) => ({
      family,
      encoder,
      listed,
      works,
      reason,
      broken,
    }));
    return { report: { families, inUse, toneMapping: found.toneMap.works } };
  }
}
