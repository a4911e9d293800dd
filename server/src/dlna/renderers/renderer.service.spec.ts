import type { PlayerPhase } from '@hearth/dlna/control/player-state';
import type { Caller } from '../../common/http/caller.js';
import { RendererService } from './renderer.service.js';

const caller = (accountId: string): Caller => ({ accountId, sessionId: `${accountId}'s`, role: 'member' });
const items = [{ titleId: 'film' }];

let played: unknown[];
beforeEach(() => (played = []));

/** A screen on which Ada plays something. */
function house(phase: PlayerPhase, change?: () => { accountId: string }): RendererService {
  let item = { accountId: 'ada' };
  const screen = {
    address: '192.168.1.9',
    offer: () => {
      item = change?.() ?? item;
      return Promise.resolve({ item: { title: 'Film' }, resumeSeconds: 0 });
    },
    view: () => ({ id: 'screen' }),
    player: {
      get state() {
        return { phase, item };
      },
      play: (entries: unknown[]) => Promise.resolve(void played.push(...entries)),
    },
  };
  const found = { screen: () => screen, list: () => [], search: () => Promise.resolve() };
  return new RendererService(found as never, { at: () => Promise.resolve(undefined) });
}

test.each(['loading', 'playing', 'paused'] as const)(
  'what somebody else has there (%s) is not ended without a question',
  async (phase) => {
    const service = house(phase);
    const refused = service.play({ id: 'screen', items }, caller('ben'));
    await expect(refused).rejects.toMatchObject({ code: 'RENDERER_IN_USE', status: 409 });
    expect(played).toEqual([]);
    await service.play({ id: 'screen', items, takeOver: true }, caller('ben'));
    expect(played).toMatchObject([{ accountId: 'ben', sessionId: "ben's" }]);
  },
);

test('what is one’s own, or at rest, is replaced', async () => {
  await house('playing').play({ id: 'screen', items }, caller('ada'));
  for (const phase of ['stopped', 'lost'] as const)
    await house(phase).play({ id: 'screen', items }, caller('ben'));
  expect(played).toHaveLength(3);
});

test('somebody who begins meanwhile is asked about too', async () => {
  const service = house('playing', () => ({ accountId: 'mia' }));
  const refused = service.play({ id: 'screen', items }, caller('ada'));
  await expect(refused).rejects.toMatchObject({ code: 'RENDERER_IN_USE' });
  expect(played).toEqual([]);
});
