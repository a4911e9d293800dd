import type { Renderer } from '@hearth/contract/renderer';

/** A screen as somebody may know of it who may not see everything: what others play there has no name. */
export const discreet = (renderer: Renderer, accountId: string): Renderer =>
  renderer.accountId === accountId ? renderer : { ...renderer, item: null, queue: [] };
