import { z } from 'zod';
import { id, idParams, timestamp } from './common.js';
import { defineRoute } from './route.js';

export const jobState = z.enum(['waiting', 'running', 'paused', 'done', 'failed', 'cancelled']);
export type JobState = z.infer<typeof jobState>;

export const job = z.object({
  id,
  name: z.string(),
  /** What it works on, for people: a library’s name. */
  label: z.string(),
  state: jobState,
  /** 0–100, or null while the amount of work is unknown. */
  progress: z.number().nullable(),
  message: z.string(),
  attempts: z.int(),
  error: z.string().nullable(),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
});
export type Job = z.infer<typeof job>;

const change = (action: string, summary: string) =>
  defineRoute({
    method: 'POST',
    path: `/api/jobs/:id/${action}`,
    access: 'admin',
    summary,
    params: idParams,
    reply: job,
  });

export const jobRoutes = {
  list: defineRoute({
    method: 'GET',
    path: '/api/jobs',
    access: 'admin',
    summary: 'Background work: running and waiting first, then the newest that ended.',
    query: z.object({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    reply: z.object({ items: z.array(job) }),
  }),
  pause: change('pause', 'Pauses a job; it keeps what it has done.'),
  resume: change('resume', 'Goes on with a paused job.'),
  cancel: change('cancel', 'Stops a job for good.'),
  retry: change('retry', 'Runs a failed or cancelled job again.'),
};
