import { z } from 'zod';
import { Logger, LogSink } from '../../server/src/common/log/logger.js';
export const probePayload = z.object({ n: z.number(), key: z.string().nullable().default(null) });
/** A kind of job whose runs the test ends by hand. */
export class ProbeJob {
    runs = [];
    /** Jobs, by their number, that will not be done. */
    givenUp = [];
    definition;
    constructor(options = {}) {
        this.definition = {
            name: options.name ?? 'test.probe',
            payload: probePayload,
            key: (payload) => payload.key,
            attempts: options.attempts ?? 3,
            concurrency: options.concurrency ?? 1,
            handler: (payload, context) => this.handle(payload, context),
            givenUp: ({ n }) => Promise.resolve(void this.givenUp.push(n)),
        };
    }
    get order() {
        return this.runs.map((run) => run.n);
    }
    async handle({ n }, context) {
        await new Promise((resolve, reject) => {
            this.runs.push({ n, context, finish: resolve, fail: reject });
            context.signal.addEventListener('abort', () => resolve(), { once: true });
        });
        await context.breathe();
    }
}
/** A log nobody reads. */
export const quietLogger = () => new Logger(new LogSink('error', () => undefined), 'test');
//# sourceMappingURL=probe-job.js.map