import { type Guest, MeetingPlace } from './meeting-place.js';
import { hashText, readSwarmMessage, type SwarmMessage } from './swarm-message.js';

const infoHash = 'ab'.repeat(20);
const info_hash = hashText(infoHash);
const nameOf = (letter: string): string => letter.repeat(20);
const sdp = 'v=0\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n';
const offers = (letter: string, count = 5) =>
  Array.from({ length: count }, (_, index) => ({
    offer_id: `${letter}${index}`.padEnd(20),
    offer: { type: 'offer' as const, sdp },
  }));
const announce = (letter: string, more: object = {}): SwarmMessage => ({
  action: 'announce',
  info_hash,
  peer_id: nameOf(letter),
  offers: offers(letter),
  ...more,
});
const answer = (from: string, to: string): SwarmMessage => ({
  ...{ action: 'announce', info_hash, peer_id: nameOf(from), to_peer_id: nameOf(to), offer_id: nameOf('o') },
  answer: { type: 'answer', sdp },
});

/** @param isShared of every torrent */
function stage(isShared = true) {
  const place = new MeetingPlace(() => isShared);
  const arrive = (accountId: string, letter: string, hash = infoHash) => {
    const heard: object[] = [];
    const guest: Guest = { accountId, infoHash: hash, send: (message) => heard.push(message) };
    return { guest, heard, isTaken: place.hear(guest, announce(letter)) };
  };
  return { place, arrive };
}

test('who comes offers to who is there, one connection each, and hears how many there are', () => {
  const { place, arrive } = stage();
  const ada = arrive('ada', 'a');
  const ben = arrive('ben', 'b');
  const mia = arrive('mia', 'c');
  expect(ada.heard).toMatchObject([
    { incomplete: 1, complete: 0 },
    { peer_id: nameOf('b'), offer_id: 'b0'.padEnd(20) },
    { peer_id: nameOf('c'), offer_id: 'c1'.padEnd(20) },
  ]);
  expect(ben.heard).toMatchObject([{ incomplete: 2 }, { peer_id: nameOf('c'), offer_id: 'c0'.padEnd(20) }]);
  expect(mia.heard).toMatchObject([{ incomplete: 3 }]);
  expect(place.hear(ada.guest, answer('a', 'c'))).toBe(true);
  expect(mia.heard.at(-1)).toEqual({
    ...{ action: 'announce', info_hash, peer_id: nameOf('a'), offer_id: nameOf('o') },
    answer: { type: 'answer', sdp },
  });
});

test('of a torrent that is not shared, a person’s own browsers meet and nobody else’s', () => {
  const { place, arrive } = stage(false);
  const ada = arrive('ada', 'a');
  const ben = arrive('ben', 'b');
  const tablet = arrive('ada', 'c');
  expect(ben.heard).toMatchObject([{ incomplete: 1 }]);
  expect(tablet.heard).toMatchObject([{ incomplete: 2 }]);
  expect(ada.heard).toHaveLength(2);
  // Not by guessing a name either.
  expect(place.hear(ben.guest, answer('b', 'a'))).toBe(true);
  expect(ada.heard).toHaveLength(2);
});

test('who left is not introduced; nobody takes another’s name, nor speaks of another torrent', () => {
  const { place, arrive } = stage();
  const ada = arrive('ada', 'a');
  expect(arrive('ben', 'a').isTaken).toBe(false);
  expect(arrive('ben', 'b', 'cd'.repeat(20)).isTaken).toBe(false);
  expect(place.hear(ada.guest, announce('z'))).toBe(false);
  expect(place.hear(ada.guest, announce('a', { event: 'stopped', offers: [] }))).toBe(true);
  expect(arrive('ben', 'b').heard).toMatchObject([{ incomplete: 1 }]);
  place.leave(ada.guest);
  expect(arrive('mia', 'a').isTaken).toBe(true);
});

test('a torrent brings 32 browsers together, and no more', () => {
  const { arrive } = stage();
  const taken = Array.from({ length: 33 }, (_, index) =>
    arrive('ada', String.fromCodePoint(0x41 + index)),
  ).map(({ isTaken }) => isTaken);
  expect(taken.filter(Boolean)).toHaveLength(32);
});

test('what WebTorrent says is understood, what it never says is not', () => {
  const said = { ...announce('a'), numwant: 5, uploaded: 0, downloaded: 0, left: 7, event: 'started' };
  expect(readSwarmMessage(JSON.stringify(said))).toEqual({ ...announce('a'), event: 'started' });
  expect(readSwarmMessage(JSON.stringify(answer('a', 'b')))).toEqual(answer('a', 'b'));
  const noChannel = { type: 'offer', sdp: 'v=0\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\n' };
  const [first] = offers('a', 1);
  for (const rubbish of [
    'hello',
    'null',
    '{}',
    JSON.stringify({ ...said, action: 'scrape' }),
    JSON.stringify({ ...said, peer_id: 'short' }),
    JSON.stringify({ ...said, info_hash: 'ж'.repeat(20) }),
    JSON.stringify({ ...said, offers: offers('a', 6) }),
    JSON.stringify({ ...said, offers: [{ ...first, offer: noChannel }] }),
    JSON.stringify({ ...said, offers: [{ ...first, offer: { type: 'offer', sdp: sdp.padEnd(9000) } }] }),
  ])
    expect(readSwarmMessage(rubbish)).toBeUndefined();
});
