import { type Renderer, rendererRoutes } from '@hearth/contract/renderer';
import type { RouteInput } from '@hearth/contract/route';
import { Controller, Inject } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../../common/http/caller.js';
import { Handle, Input } from '../../common/http/handle.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { discreet } from './discreet.js';
import { RendererService } from './renderer.service.js';

type Renderers = Pick<RendererService, 'list' | 'play' | 'enqueue' | 'control' | 'seek' | 'setVolume'>;

@Controller()
export class RendererController {
  constructor(
    @Inject(RendererService) private readonly renderers: Renderers,
    @Inject(AudienceService) private readonly audiences: Pick<AudienceService, 'of'>,
  ) {}

  @Handle(rendererRoutes.list)
  async list(
    @Input() input: RouteInput<typeof rendererRoutes.list>,
    @CurrentCaller() caller: Caller,
  ): Promise<{ items: Renderer[] }> {
    const screens = await this.renderers.list(input);
    return { items: await Promise.all(screens.map((screen) => this.seen(screen, caller))) };
  }

  @Handle(rendererRoutes.play)
  async play(
    @Input() input: RouteInput<typeof rendererRoutes.play>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.seen(await this.renderers.play(input, caller), caller);
  }

  @Handle(rendererRoutes.enqueue)
  async enqueue(
    @Input() input: RouteInput<typeof rendererRoutes.enqueue>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.seen(await this.renderers.enqueue(input, caller), caller);
  }

  @Handle(rendererRoutes.control)
  async control(
    @Input() input: RouteInput<typeof rendererRoutes.control>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.seen(await this.renderers.control(input), caller);
  }

  @Handle(rendererRoutes.seek)
  async seek(
    @Input() input: RouteInput<typeof rendererRoutes.seek>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.seen(await this.renderers.seek(input), caller);
  }

  @Handle(rendererRoutes.volume)
  async volume(
    @Input() input: RouteInput<typeof rendererRoutes.volume>,
    @CurrentCaller() caller: Caller,
  ): Promise<Renderer> {
    return this.seen(await this.renderers.setVolume(input), caller);
  }

  /** Whoever may not see everything is told no names of what others play. */
  private async seen(screen: Renderer, { accountId }: Caller): Promise<Renderer> {
    return (await this.audiences.of(accountId)) ? discreet(screen, accountId) : screen;
  }
}
