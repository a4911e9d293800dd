import { type Renderer, rendererRoutes } from '@hearth/contract/renderer';
import type { RouteInput } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { RendererService } from './renderer.service.js';

@Controller()
export class RendererController {
  constructor(private readonly renderers: RendererService) {}

  @Handle(rendererRoutes.list)
  async list(@Input() input: RouteInput<typeof rendererRoutes.list>): Promise<{ items: Renderer[] }> {
    return { items: await this.renderers.list(input) };
  }

  @Handle(rendererRoutes.play)
  play(
    @Input() input: RouteInput<typeof rendererRoutes.play>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.renderers.play(input, caller);
  }

  @Handle(rendererRoutes.enqueue)
  enqueue(
    @Input() input: RouteInput<typeof rendererRoutes.enqueue>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.renderers.enqueue(input, caller);
  }

  @Handle(rendererRoutes.control)
  control(@Input() input: RouteInput<typeof rendererRoutes.control>): Promise<Renderer> {
    return this.renderers.control(input);
  }

  @Handle(rendererRoutes.seek)
  seek(@Input() input: RouteInput<typeof rendererRoutes.seek>): Promise<Renderer> {
    return this.renderers.seek(input);
  }

  @Handle(rendererRoutes.volume)
  volume(@Input() input: RouteInput<typeof rendererRoutes.volume>): Promise<Renderer> {
    return this.renderers.setVolume(input);
  }
}
