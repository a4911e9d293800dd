import { booleanQuery } from '@hearth/contract/common';
import type { Route } from '@hearth/contract/route';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseInput } from '../common/http/parse-input.js';
import { ProblemError } from '../common/problem-error.js';
import type { TorrentDraft } from './torrent.service.js';

/** What may lie beside the file in a form. */
const formFields = z.object({
  magnet: z.string().trim().min(20).max(16_384).optional(),
  download: booleanQuery.default(false),
  shared: booleanQuery.default(false),
  fileIndices: z
    .string()
    .regex(/^\d{1,6}(,\d{1,6})*$/, 'numbers, separated by commas')
    .transform((text) => text.split(',').map(Number))
    .pipe(z.array(z.int()).max(5000))
    .optional(),
});

/** Both kinds of body, parsed. */
const draft = z.object({
  magnet: z.string().optional(),
  download: z.boolean().default(false),
  shared: z.boolean().default(false),
  fileIndices: z.array(z.int()).optional(),
});

/** A torrent out of a JSON body, as the route has it, or out of a form with a file in its field `torrent`. */
export async function readDraft(route: Route, request: FastifyRequest): Promise<TorrentDraft> {
  if (!request.isMultipart()) {
    const { magnet, ...options } = draft.parse(parseInput(route, request));
    return { link: magnet, ...options };
  }
  const { file, fields } = await readForm(request);
  const { params, query } = request;
  const form = parseInput({ ...route, body: formFields }, { params, query, body: fields });
  const { magnet, ...options } = draft.parse(form);
  if (file) return { metainfo: file, ...options };
  if (magnet !== undefined) return { link: magnet, ...options };
  const errors = [{ path: 'torrent', message: 'a .torrent, or magnet' }];
  throw new ProblemError('VALIDATION_FAILED', { detail: 'torrent: a .torrent, or magnet', errors });
} // prettier-ignore

async function readForm(
  request: FastifyRequest,
): Promise<{ file: Uint8Array | undefined; fields: Record<string, unknown> }> {
  let file: Uint8Array | undefined;
  const fields: Record<string, unknown> = {};
  for await (const part of request.parts()) {
    if (part.type === 'field') fields[part.fieldname] = part.value;
    else if (part.fieldname === 'torrent' && !file) file = new Uint8Array(await part.toBuffer());
    else part.file.resume();
  }
  return { file, fields };
}
