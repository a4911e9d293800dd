import fastifyCookie from '@fastify/cookie';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/**
 * Everything is served from this origin; the player needs blobs, drawn posters need data URLs. `wasm-unsafe-eval` lets
 * WebAssembly be compiled, which ASS subtitles are drawn with (libass), and no JavaScript from text: the modules
 * themselves still come from this origin, as `connect-src` has it (CSP Level 3, section 8.4 and “wasm-unsafe-eval”).
 */
const contentSecurityPolicy = [
  "default-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self' blob:",
  "style-src 'self' 'unsafe-inline'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'self'",
  "form-action 'self'",
].join('; ');

/** Cookies, security headers, and short time-outs for clients that dawdle over their headers. */
export async function hardenServer(app: NestFastifyApplication): Promise<void> {
  await app.register(fastifyCookie);
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      reply.header('X-Content-Type-Options', 'nosniff');
      reply.header('Referrer-Policy', 'same-origin');
      reply.header('Content-Security-Policy', contentSecurityPolicy);
      if (request.url.startsWith('/api/')) reply.header('Cache-Control', 'no-store');
      done();
    });
  const server = app.getHttpServer();
  server.headersTimeout = 15_000;
  server.keepAliveTimeout = 65_000;
  // A request that is not there in full by then never will be; answers may take as long as they like.
  server.requestTimeout = 300_000;
}
