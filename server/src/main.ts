import 'reflect-metadata';
import { NestLogger } from './common/log/nest-logger.js';
import { Logger, LogSink } from './common/log/logger.js';
import { ConfigError, loadConfig } from './config/config.js';
import { createApp, listen } from './app.js';

/** Runs one Hearth process until it is told to stop. */
async function main(): Promise<void> {
  // Whoever reads the log may go away (EPIPE): the film goes on.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const config = loadConfig(process.env, process.argv.slice(2));
  const sink = new LogSink(config.logLevel);
  const logger = new Logger(sink, 'hearth');
  const app = await createApp(config, sink, new NestLogger(logger));
  const stop = stopper(() => app.close(), logger);
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  await listen(app, config, logger);
}

/** Ends cleanly, and by force after 1.5 s: a stuck connection must not keep the process alive. */
function stopper(close: () => Promise<void>, logger: Logger): () => void {
  return () => {
    logger.info('Stopping');
    setTimeout(() => process.exit(0), 1500).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error('Could not stop cleanly', { error });
        process.exit(1);
      },
    );
  };
}

main().catch((error: unknown) => {
  const text =
    error instanceof ConfigError
      ? error.message
      : `Hearth could not start: ${String(error instanceof Error ? error.stack : error)}`;
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
