import { type Renderer, rendererRoutes } from '../../../contract/src/renderer.js';
import type { Client } from '../../support/client.js';
import { waitFor } from '../../support/wait-for.js';
import type { TestRenderer, Truth } from './test-renderer.js';

/** Seconds between what Hearth says and what is so: whole seconds on either side, and a look a second. */
export const tolerance = 2;

/** A real renderer as somebody in the house sees it through Hearth. */
export class WatchedScreen {
  private constructor(
    readonly renderer: TestRenderer,
    readonly id: string,
    private readonly viewer: Client,
  ) {}

  /** Once Hearth has found it. @param viewer who looks at it from now on */
  static async find(renderer: TestRenderer, viewer: Client): Promise<WatchedScreen> {
    const model = renderer.model.toLowerCase();
    const found = async (): Promise<Renderer | undefined> => {
      const { items } = await viewer.call(rendererRoutes.list, { refresh: 'true' });
      return items.find((item) => item.model.toLowerCase().includes(model));
    };
    return new WatchedScreen(renderer, (await waitFor(found, 'Hearth to find it', 60_000)).id, viewer);
  }

  async state(): Promise<Renderer> {
    const { items } = await this.viewer.call(rendererRoutes.list, {});
    const one = items.find((item) => item.id === this.id);
    if (!one) throw new Error('It is not listed');
    return one;
  }

  until(wanted: (now: Renderer) => boolean, what: string, timeoutMs = 30_000): Promise<Renderer> {
    return waitFor(
      async () => {
        const now = await this.state();
        return wanted(now) && now;
      },
      what,
      timeoutMs,
    );
  }

  /**
   * Waits until what Hearth says is so. Asking takes a process, and on a busy machine the film goes on meanwhile.
   * @param offset where the bytes that it was sent begin @returns what the renderer says
   */
  untilTrue(slack = tolerance, offset = 0): Promise<Truth> {
    return waitFor(
      async () => {
        const before = await this.state();
        const truth = await this.renderer.truth();
        const after = await this.state();
        const seconds = offset + truth.seconds;
        const isSo = seconds >= before.positionSeconds - slack && seconds <= after.positionSeconds + slack;
        return isSo && truth.state === 'PLAYING' && after.state === 'playing' && truth;
      },
      'its position to be the true one',
      20_000,
    );
  }
}
