import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { endProcess, freePort, type PrivateServer, startProcess } from './private-server.js';

/** The bucket that {@link startS3} makes. */
export const testBucket = 'hearth-test';
/** The only account s3rver knows. */
export const s3Credentials = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' };

/** A private server that speaks S3, with one empty bucket. It does not check version 4 signatures. */
export async function startS3(): Promise<PrivateServer> {
  const program = createRequire(import.meta.url).resolve('s3rver/bin/s3rver.js');
  const directory = await mkdtemp(join(tmpdir(), 'hearth-s3-'));
  const port = await freePort();
  const where = ['-d', directory, '-a', '127.0.0.1', '-p', String(port), '--no-vhost-buckets'];
  // It encrypts the tokens of its listings with DES.
  const args = ['--openssl-legacy-provider', program, ...where, '--configure-bucket', testBucket];
  const child = await startProcess(process.execPath, args, /listening on/i);
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      await endProcess(child, 'SIGKILL');
      await rm(directory, { recursive: true, force: true });
    },
  };
}
