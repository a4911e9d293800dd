import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import type { Server } from 'socket.io';
import type { Logger } from '../common/log/logger.js';

/**
 * Lets an event that is emitted in one process reach the sockets of all of them.
 * @returns a function that closes the connections
 */
export async function fanOutByRedis(
  server: Server,
  url: string,
  logger: Logger,
): Promise<() => Promise<void>> {
  const connections = [1, 2].map(() => new Redis(url, { lazyConnect: true }));
  for (const connection of connections) {
    connection.on('error', (error) => logger.warn('Redis is in trouble', { error }));
  }
  await Promise.all(connections.map((connection) => connection.connect()));
  server.adapter(createAdapter(connections[0], connections[1], { key: 'hearth:events' }));
  return async () => {
    await Promise.allSettled(
      connections.map(async (connection) => {
        // Said after what the adapter is still saying: cut off, its last words would be errors that nobody hears.
        if (connection.status === 'ready') await connection.quit();
        else connection.disconnect();
      }),
    );
  };
}
