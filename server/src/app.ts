import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { ProblemFilter, sendProblem, toProblemError } from './common/http/problem-filter.js';
import { Logger, type LogSink } from './common/log/logger.js';
import type { Config } from './config/config.js';
import { hardenServer } from './common/http/harden-server.js';
import { serveWeb } from './common/http/serve-web.js';

/** 1 MiB: the largest JSON body anyone needs to send. */
const bodyLimit = 1024 * 1024;

/** The whole application, wired but not yet listening. Tests start it the same way. */
export async function createApp(
  config: Config,
  sink: LogSink,
  nestLogger: LoggerService,
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit,
    // Addresses that are none never reach a route, nor its filter.
    frameworkErrors: (error: Error, _: FastifyRequest, reply: FastifyReply) =>
      void sendProblem(reply, toProblemError(error)),
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, sink), adapter, {
    logger: nestLogger,
    abortOnError: false,
  });
  await hardenServer(app);
  await serveWeb(app);
  app.useGlobalFilters(new ProblemFilter(app.get(Logger).scoped('http')));
  return app;
}

/** Opens the port and says where. */
export async function listen(app: NestFastifyApplication, config: Config, logger: Logger): Promise<void> {
  await app.listen(config.port, config.host);
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  logger.info(`Hearth is ready on http://localhost:${port}`, {
    port,
    startedInMs: Math.round(performance.now()),
  });
}
