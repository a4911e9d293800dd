import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A SOCKS5 proxy for tests that leads everything to one port of this machine, and remembers what it was asked for. */
export async function startSocksServer(leadsTo: number, account?: { username: string; password: string }) {
  const asked: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    void serve(socket).catch(() => socket.destroy());
  });
  const serve = async (socket: Socket): Promise<void> => {
    const read = exactly(socket);
    const [, methods = 0] = await read(2);
    const offered = await read(methods);
    const wanted = account ? 2 : 0;
    if (!offered.includes(wanted)) return void socket.end(Buffer.from([5, 0xff]));
    socket.write(Buffer.from([5, wanted]));
    if (account && !(await signedIn(read, socket, account))) return;
    const [, , , type] = await read(4);
    const length = type === 1 ? 4 : type === 4 ? 16 : ((await read(1))[0] ?? 0);
    const address = await read(length);
    const port = (await read(2)).readUInt16BE(0);
    asked.push(`${type === 3 ? address.toString('latin1') : [...address].join('.')}:${port}`);
    const through = connect(leadsTo, '127.0.0.1');
    sockets.add(through);
    through.on('error', () => socket.destroy());
    await once(through, 'connect');
    socket.write(Buffer.from([5, 0, 0, 1, 127, 0, 0, 1, 0, 80]));
    socket.pipe(through).pipe(socket);
  };
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    stop: async (): Promise<void> => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

type Read = (length: number) => Promise<Buffer>;

async function signedIn(
  read: Read,
  socket: Socket,
  account: { username: string; password: string },
): Promise<boolean> {
  const [, length = 0] = await read(2);
  const username = (await read(length)).toString();
  const password = (await read((await read(1))[0] ?? 0)).toString();
  const fits = username === account.username && password === account.password;
  socket.write(Buffer.from([1, fits ? 0 : 1]));
  if (!fits) socket.end();
  return fits;
}

function exactly(socket: Socket): Read {
  return async (length) => {
    for (;;) {
      const chunk = socket.read(length) as Buffer | null;
      if (chunk?.length === length) return chunk;
      if (length === 0) return Buffer.alloc(0);
      await once(socket, 'readable');
      if (socket.readableEnded || socket.destroyed) throw new Error('gone');
    }
  };
}
