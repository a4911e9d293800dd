import { allRoutes } from '@hearth/contract/all-routes';
import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppModule } from './app.module.js';
import { ProblemFilter, sendProblem, toProblemError } from './common/http/problem-filter.js';
import { Logger, type LogSink } from './common/log/logger.js';
import { systemErrorCode } from './common/system-error.js';
import { type Config, ConfigError } from './config/config.js';
import { hardenServer } from './common/http/harden-server.js';
import { acceptUploads } from './common/http/uploads.js';
import { serveWeb } from './common/http/serve-web.js';

/** 1 MiB: the largest JSON body anyone needs to send. */
const bodyLimit = 1024 * 1024;

/** A picture's sealed address is the longest of what stands in a path (contract: `discoverRoutes.image`). */
const longestParameter = 6000;

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
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: longestParameter },
  });
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forRoot(config, sink), adapter, {
    logger: nestLogger,
    abortOnError: false,
  });
  await hardenServer(app);
  await acceptUploads(
    app,
    Object.values(allRoutes).flatMap((group) => Object.values(group)),
  );
  await serveWeb(app);
  app.useGlobalFilters(new ProblemFilter(app.get(Logger).scoped('http')));
  return app;
}

/** What a person can do about a port that cannot be opened; undefined for another trouble. */
function listenFault(error: unknown, { port, host }: Config): string | undefined {
  switch (systemErrorCode(error)) {
    case 'EADDRINUSE':
      return `PORT: ${port} is in use by another program; stop that, or choose another port`;
    case 'EACCES':
      return `PORT: ${port} may not be opened by this user; choose one above 1023`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `HOST: ${host} is not an address of this machine`;
    default:
      return undefined;
  }
}

/** Opens the port, on IPv4 alone where the kernel has no IPv6. */
async function openPort(app: NestFastifyApplication, { port, host }: Config): Promise<void> {
  try {
    await app.listen(port, host);
  } catch (error) {
    const lacksIpv6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL'].includes(systemErrorCode(error) ?? '');
    if (host !== '::' || !lacksIpv6) throw error;
    await app.listen(port, '0.0.0.0');
  }
}

/** Opens the port and says where. @throws ConfigError where it cannot be had */
export async function listen(app: NestFastifyApplication, config: Config, logger: Logger): Promise<void> {
  try {
    await openPort(app, config);
  } catch (error) {
    const fault = listenFault(error, config);
    throw fault === undefined ? error : new ConfigError([fault]);
  }
  const address = app.getHttpServer().address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  logger.info(`Hearth is ready on http://localhost:${port}`, {
    port,
    startedInMs: Math.round(performance.now()),
  });
}
