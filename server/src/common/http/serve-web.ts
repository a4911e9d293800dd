import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from './problem-filter.js';
import { ProblemError } from '../problem-error.js';

const webRoot = fileURLToPath(new URL('../../../../web/dist/browser', import.meta.url));
const docsRoot = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Built files carry a hash in their names, so they never change. */
const hashedName = /-[\w-]{8}\.(js|css|woff2|svg|wasm)$/;

const docsPage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Hearth API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css"></head>
<body><div id="ui"></div><script src="/api/docs/swagger-ui-bundle.js"></script><script src="/api/docs/start.js"></script></body></html>`;
const docsScript = `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#ui', deepLinking: true });`;

/** Any page address is the application's: it routes by itself. */
function servePage(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = request.url.split('?')[0] ?? '/';
  if (path.startsWith('/api/')) return sendProblem(reply, new ProblemError('NOT_FOUND'));
  const asset = decodeURIComponent(path).slice(1);
  if (/\.\w{2,5}$/.test(asset))
    return reply.sendFile(asset, {
      maxAge: hashedName.test(asset) ? '365d' : 0,
      immutable: hashedName.test(asset),
    });
  if (!existsSync(join(webRoot, 'index.html')))
    return reply.type('text/plain').send('The web UI is not built yet: run “npm run build”.');
  return reply.header('Cache-Control', 'no-cache').sendFile('index.html', { cacheControl: false });
}

/** The web UI at every path that is not the API's, and the API reference at `/api/docs`. */
export async function serveWeb(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyStatic, {
    root: webRoot,
    serve: false,
    preCompressed: true,
    decorateReply: true,
  });
  const server = app.getHttpAdapter().getInstance();
  server.get('/api/docs', (_, reply) => reply.type('text/html').send(docsPage));
  server.get('/api/docs/start.js', (_, reply) => reply.type('text/javascript').send(docsScript));
  for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js']) {
    server.get(`/api/docs/${file}`, (_, reply) => reply.sendFile(file, docsRoot));
  }
  server.get('/*', servePage);
}
