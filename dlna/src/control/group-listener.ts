import { createSocket } from 'node:dgram';
import { type Datagram, SSDP_GROUP, SSDP_PORT } from '../discovery/ssdp-socket.js';

export interface GroupListener {
  /** Joins the group on an interface, by its address; again where the kernel has forgotten. */
  join(address: string): void;
  close(): void;
}

export type OpenGroupListener = (receive: (datagram: Datagram) => void) => Promise<GroupListener>;

/**
 * Hears what is said to everybody on port 1900. Bound to the group's address, so that searches sent to this machine
 * alone still reach whoever answers them; Windows cannot bind to a group.
 * @throws what the system says
 */
export const openGroupListener: OpenGroupListener = async (receive) => {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  socket.on('message', (bytes, { address, port }) => receive({ bytes, address, port }));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(SSDP_PORT, process.platform === 'win32' ? undefined : SSDP_GROUP, resolve);
  });
  // What dies later is noticed by nobody hearing anything: searches go on.
  socket.removeAllListeners('error').on('error', () => undefined);
  socket.unref();
  return {
    join: (address) => {
      try {
        socket.addMembership(SSDP_GROUP, address);
      } catch {
        // A member already (EADDRINUSE), or the address has just gone (ENODEV).
      }
    },
    close: () => socket.close(),
  };
};
