import { type Datagram, openSsdpSocket, type SsdpSocket } from './ssdp-socket.js';

/** Multicast on the loopback interface works without privileges, and reaches nobody else. */
const LOOPBACK = '127.0.0.1';
const opened: SsdpSocket[] = [];

async function open(purpose: 'listen' | 'search', receive: (datagram: Datagram) => void = () => undefined) {
  const socket = await openSsdpSocket({ address: LOOPBACK, purpose, receive, fail: () => undefined });
  opened.push(socket);
  return socket;
}

afterEach(() => {
  for (const socket of opened.splice(0)) socket.close();
});

/** Others on this machine may speak meanwhile. */
const containing =
  (word: string, found: (datagram: Datagram) => void) =>
  (datagram: Datagram): void => {
    if (datagram.bytes.toString().includes(word)) found(datagram);
  };

test('what is said to the group is heard, and the answer comes back', async () => {
  const word = `X-TEST: ${Math.random()}`;
  const heard = Promise.withResolvers<Datagram>();
  const answered = Promise.withResolvers<Datagram>();
  const server = await open('listen', containing(word, heard.resolve));
  const client = await open('search', answered.resolve);
  await client.send(`M-SEARCH * HTTP/1.1\r\n${word}\r\n\r\n`);
  const { address, port } = await heard.promise;
  expect(address).toBe(LOOPBACK);
  await server.send('HTTP/1.1 200 OK\r\nST: ä\r\n\r\n', { address, port });
  const { bytes, port: from } = await answered.promise;
  expect(bytes.toString()).toBe('HTTP/1.1 200 OK\r\nST: ä\r\n\r\n');
  expect(from).toBe(1900);
});

test('several listen beside each other', async () => {
  const word = `X-TEST: ${Math.random()}`;
  const both = [Promise.withResolvers<Datagram>(), Promise.withResolvers<Datagram>()];
  for (const { resolve } of both) await open('listen', containing(word, resolve));
  await (await open('search')).send(word);
  await Promise.all(both.map(({ promise }) => promise));
});

test('a member that is one still need not join again', async () => {
  const socket = await open('listen');
  expect(socket.rejoin()).toBe(false);
});

test('an address that is not ours is refused, and nothing ends the process', async () => {
  const options = { address: '192.0.2.1', receive: () => undefined, fail: () => undefined };
  await expect(openSsdpSocket({ ...options, purpose: 'listen' })).rejects.toThrow(/ENODEV|EADDRNOTAVAIL/);
  await expect(openSsdpSocket({ ...options, purpose: 'search' })).rejects.toThrow(/ENODEV|EADDRNOTAVAIL/);
});

test('after its end it says nothing, and ends once', async () => {
  const socket = await open('listen');
  socket.close();
  socket.close();
  await socket.send('too late');
  expect(socket.rejoin()).toBe(false);
});
