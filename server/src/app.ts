import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { ProblemFilter } from './common/http/problem-filter.js';
import type { Logger, LogSink } from './common/log/logger.js';
import { Logger as RootLogger } from './common/log/logger.js';
import type { Config } from './config/config.js';
import { hardenServer } from './common/http/harden-server.js';

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
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 500 },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, sink), adapter, {
    logger: nestLogger,
    abortOnError: false,
  });
  await hardenServer(app);
  app.useGlobalFilters(new ProblemFilter(app.get(RootLogger).scoped('http')));
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
