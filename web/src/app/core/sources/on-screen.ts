import { computed, effect, inject, signal, type WritableSignal } from '@angular/core';
import { sourceRoutes } from '@hearth/contract/source';
import type { WallRange } from '../../ui/wall';
import { Api } from '../api/api';
import { ProvidersInUse } from '../providers-in-use';

/** A wall that moves is not looked at yet (ms). */
const restMs = 800;
/** As many as the route takes. */
const most = 200;

/**
 * The part of a wall that is on screen, to be set by its page: the server looks for sources of these titles first. Nothing
 * is said where nobody could be asked, and whether it was heard is nobody’s concern. Call where injection works (a field).
 */
export function titlesOnScreen(
  at: (index: number) => { readonly id: string } | undefined,
): WritableSignal<WallRange | undefined> {
  const api = inject(Api);
  const providers = inject(ProvidersInUse);
  const range = signal<WallRange | undefined>(undefined);
  const titleIds = computed(
    () => {
      const { first, last } = range() ?? { first: 0, last: -1 };
      const indexes = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
      return indexes.flatMap((index) => at(index)?.id ?? []).slice(0, most);
    },
    { equal: (a, b) => a.join() === b.join() },
  );
  let told = '';
  effect((onCleanup) => {
    const ids = titleIds();
    if (ids.length === 0 || !providers.haveSources()) return;
    const timer = setTimeout(() => {
      if (told === ids.join()) return;
      told = ids.join();
      api.call(sourceRoutes.viewport, { titleIds: ids }).catch(() => undefined);
    }, restMs);
    onCleanup(() => clearTimeout(timer));
  });
  return range;
}
