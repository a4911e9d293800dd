import { computed, inject, Injectable, signal } from '@angular/core';
import { type CastItem, type Renderer, rendererRoutes } from '@hearth/contract/renderer';
import { Api } from '../api/api';
import { Live } from '../live/live';
import { Session } from '../session/session';

export type CastAction = 'pause' | 'resume' | 'stop' | 'next' | 'previous';

/** Other screens and speakers in the house, and what plays on them. */
@Injectable({ providedIn: 'root' })
export class Casting {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #renderers = signal<readonly Renderer[]>([]);
  readonly #looking = signal(false);

  /** By name. */
  readonly renderers = this.#renderers.asReadonly();
  readonly looking = this.#looking.asReadonly();
  /** Those that play what you sent. */
  readonly mine = computed(() => {
    const me = this.#session.user()?.id;
    return this.#renderers().filter(({ item, accountId }) => item !== null && accountId === me);
  });

  constructor() {
    inject(Live).on('renderer.updated', (renderer) => this.#take(renderer));
  }

  /** Asks who is there; `refresh` also calls into the house. What was known stays when it fails. */
  async look(refresh = false): Promise<void> {
    this.#looking.set(true);
    try {
      const { items } = await this.#api.call(rendererRoutes.list, { refresh: refresh ? 'true' : 'false' });
      this.#renderers.set(items.toSorted(byName));
    } finally {
      this.#looking.set(false);
    }
  }

  /**
   * Rejects with an `ApiProblem` that says what the screen said; `RENDERER_IN_USE` while somebody else plays something
   * there, unless it is to be taken over.
   */
  async play(
    id: string,
    items: CastItem[],
    { positionSeconds, takeOver }: { positionSeconds?: number; takeOver?: boolean } = {},
  ): Promise<void> {
    this.#take(await this.#api.call(rendererRoutes.play, { id, items, positionSeconds, takeOver }));
  }

  async control(id: string, action: CastAction): Promise<void> {
    this.#take(await this.#api.call(rendererRoutes.control, { id, action }));
  }

  async seek(id: string, positionSeconds: number): Promise<void> {
    this.#take(await this.#api.call(rendererRoutes.seek, { id, positionSeconds }));
  }

  async setVolume(id: string, volume: number): Promise<void> {
    this.#take(await this.#api.call(rendererRoutes.volume, { id, volume }));
  }

  #take(renderer: Renderer): void {
    this.#renderers.update((known) =>
      [...known.filter(({ id }) => id !== renderer.id), renderer].sort(byName),
    );
  }
}

const byName = (a: Renderer, b: Renderer): number => a.name.localeCompare(b.name);
