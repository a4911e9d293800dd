import type { Renderer } from '@hearth/contract/renderer';
import type { Caller } from '../../common/http/caller.js';
import { RendererController } from './renderer.controller.js';

const screen: Renderer = {
  id: 'r',
  name: 'Television',
  model: '',
  state: 'playing',
  accountId: 'ada',
  item: { name: 'Secret film', titleId: 't', episodeId: null },
  positionSeconds: 1,
  durationSeconds: 2,
  volume: 50,
  muted: false,
  queue: [{ name: 'Secret sequel' }],
  canPause: true,
  canSeek: true,
  problem: null,
};

const answer = () => Promise.resolve(screen);
const renderers = {
  list: () => Promise.resolve([screen]),
  play: answer,
  enqueue: answer,
  control: answer,
  seek: answer,
  setVolume: answer,
};
const audiences = {
  of: (accountId: string) =>
    Promise.resolve(accountId === 'tim' ? { maxAge: 6, hiddenLibraryIds: [] } : undefined),
};
const controller = new RendererController(renderers, audiences);
const caller = (accountId: string): Caller => ({ accountId, sessionId: 's', role: 'member' });

test('what others play on a screen has no name for whom something is kept from', async () => {
  const all = async (who: Caller) => [
    ...(await controller.list({ refresh: 'false' }, who)).items,
    await controller.enqueue({ id: 'r', items: [] }, who),
    await controller.control({ id: 'r', action: 'pause' }, who),
    await controller.seek({ id: 'r', positionSeconds: 1 }, who),
    await controller.volume({ id: 'r' }, who),
  ];
  for (const seen of await all(caller('tim'))) {
    expect(JSON.stringify(seen)).not.toContain('Secret');
    expect(seen).toMatchObject({ id: 'r', state: 'playing', item: null, queue: [] });
  }
  for (const who of ['ada', 'mia']) for (const seen of await all(caller(who))) expect(seen).toEqual(screen);
});
