import type { Guest } from '@hearth/dlna/guest';
import { ProfileBook } from '@hearth/dlna/profiles/profile-book';
import { bundledProfiles } from '@hearth/dlna/profiles/profile-files';
import { ResourceIds } from './resource-ids.js';
import { Resources } from './resources.service.js';

const ids = new ResourceIds(Buffer.alloc(32, 7));
const { generic } = new ProfileBook([bundledProfiles]);
const film = ids.write('original', 'film');
const seenBy = (viewerId: string): Guest => ({
  facts: { address: '192.168.1.20', localAddress: '192.168.1.2', localPort: 8097, userAgent: '', clientInfo: '', friendlyName: '' },
  profile: { ...generic, subtitles: [] },
  deviceId: 'bedroom',
  viewerId,
}); // prettier-ignore

test('what still runs for one person is not remembered for the next whose screen it is', async () => {
  const media = { format: { container: 'mp4', video: { codec: 'h264' } } };
  const file = { media, size: 1000, durationSeconds: 100, modified: new Date(0) };
  const resources = new Resources(
    ids,
    { openBytes: () => Promise.resolve(file) } as never,
    { seesFile: () => Promise.resolve(true) } as never,
    { captions: () => Promise.resolve({}) } as never,
    {} as never,
    { nameOf: () => 'Bedroom' } as never,
    { noticed: () => undefined } as never,
    { atOnce: () => (share: number) => share * 100 } as never,
    {} as never,
  );
  await resources.open(film, seenBy('ann'));
  await resources.open(film, seenBy('ben'));
  expect(resources.watched(film, seenBy('ann'))).toMatchObject({ accountId: 'ann' });
  expect(resources.watched(film, seenBy('ben'))).toMatchObject({ accountId: 'ben' });
  expect(resources.watched(film, seenBy('eve'))).toBeUndefined();
});

const grant = { accountId: 'ann', sessionId: 'phone', until: 1_800_000_000 };

test('what is sent ends when it may not be seen any more, or its sender is gone', async () => {
  const file = { media: { format: { container: 'mp3' } }, size: 1000, modified: new Date(0) };
  const hidden = new Set<string>();
  let lent = true;
  const fetched: string[] = [];
  const resources = new Resources(
    ids,
    { openBytes: () => Promise.resolve(file) } as never,
    { seesFile: (_: string, accountId: string) => Promise.resolve(!hidden.has(accountId)) } as never,
    { captions: () => Promise.resolve({}) } as never,
    {} as never,
    { nameOf: () => 'Bedroom' } as never,
    { noticed: ({ resourceId }: { resourceId: string }) => fetched.push(resourceId) } as never,
    {} as never,
    { hold: () => Promise.resolve(lent) } as never,
  );
  const sent = ids.write('original', 'film', '', grant);
  const [own, cast] = [await resources.open(film, seenBy('ben')), await resources.open(sent, seenBy('ben'))];
  expect([await own?.mayGoOn?.(), await cast?.mayGoOn?.()]).toEqual([true, true]);
  hidden.add('ben');
  expect([await own?.mayGoOn?.(), await cast?.mayGoOn?.()]).toEqual([false, true]);
  expect(await resources.open(film, seenBy('ben'))).toBeUndefined();
  hidden.add('ann');
  expect(await cast?.mayGoOn?.()).toBe(false);
  hidden.clear();
  lent = false;
  expect([await own?.mayGoOn?.(), await cast?.mayGoOn?.()]).toEqual([true, false]);
  fetched.length = 0;
  expect(await resources.open(sent, seenBy('ben'))).toBeUndefined();
  expect(fetched).toEqual([]);
});

test('a picture is shown to those whose list it was in, and on the screen it was sent to', async () => {
  let lent = true;
  const pictures = { jpeg: (id: string) => Promise.resolve(Buffer.from(id)) };
  const resources = new Resources(
    ids,
    {} as never,
    { seesFile: () => Promise.resolve(false) } as never,
    {} as never,
    pictures as never,
    {} as never,
    {} as never,
    {} as never,
    { hold: () => Promise.resolve(lent) } as never,
  );
  const poster = ids.write('art', 'poster');
  const anns = ids.shownTo('ann', poster);
  expect(String(await resources.art(anns, 'tn', seenBy('ann')))).toBe('poster');
  for (const id of [anns, poster]) expect(await resources.art(id, 'tn', seenBy('kids'))).toBeUndefined();
  const sent = ids.write('art', 'poster', '', grant);
  expect(ids.shownTo('kids', sent)).toBe(sent);
  expect(String(await resources.art(sent, 'tn', seenBy('household')))).toBe('poster');
  lent = false;
  expect(await resources.art(sent, 'tn', seenBy('household'))).toBeUndefined();
  expect(await resources.art(ids.write('photo', 'beach'), 'tn', seenBy('ann'))).toBeUndefined();
});
