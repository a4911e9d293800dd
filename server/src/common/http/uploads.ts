import fastifyMultipart from '@fastify/multipart';
import type { Route } from '@hearth/contract/route';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ProblemError } from '../problem-error.js';
import { sendProblem } from './problem-filter.js';

/** The largest file anybody uploads: a `.torrent` (torrent/metainfo/torrent-limits.ts). */
const largestFile = 8 * 1024 * 1024;

/** Forms with a file are read on the routes that say so, and refused everywhere else. */
export async function acceptUploads(app: NestFastifyApplication, routes: readonly Route[]): Promise<void> {
  const takers = new Set(routes.filter(({ upload }) => upload).map(({ method, path }) => `${method} ${path}`));
  const limits = { fileSize: largestFile, files: 1, fields: 20, fieldSize: 64 * 1024, parts: 21, headerPairs: 100 };
  await app.register(fastifyMultipart, { limits, throwFileSizeLimit: true });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      const isForm = /^multipart\//i.test(request.headers['content-type'] ?? '');
      if (!isForm || takers.has(`${request.method} ${request.routeOptions.url ?? ''}`)) return done();
      sendProblem(reply, new ProblemError('UNSUPPORTED_MEDIA_TYPE'));
    });
} // prettier-ignore
