import type { Health } from '@hearth/contract/system';
import { systemRoutes } from '@hearth/contract/system';
import { Controller } from '@nestjs/common';
import { Handle } from '../common/http/handle.js';

@Controller()
export class HealthController {
  @Handle(systemRoutes.health)
  health(): Health {
    return { status: 'ok', activeTorrents: 0, activeStreams: 0, downloadSpeed: 0, uploadSpeed: 0 };
  }
}
