import { allRoutes } from '@hearth/contract/all-routes';
import { problemSchema } from '@hearth/contract/problem';
import type { Route } from '@hearth/contract/route';
import { z } from 'zod';

type JsonObject = Record<string, unknown>;

const security: Record<Route['access'], JsonObject[]> = {
  public: [],
  signed: [{ signedUrl: [] }],
  ticket: [{ ticket: [] }],
  member: [{ bearer: [] }],
  'member-or-signed': [{ bearer: [] }, { signedUrl: [] }],
  admin: [{ bearer: ['admin'] }],
};

/** `input` shows what may be left out of a request; `output` what is always in an answer. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonObject {
  return { ...z.toJSONSchema(schema, { io, unrepresentable: 'any' }), $schema: undefined };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): JsonObject[] {
  if (!schema) return [];
  const { properties, required } = z
    .object({
      properties: z.record(z.string(), z.unknown()).default({}),
      required: z.array(z.string()).default([]),
    })
    .parse(schemaOf(schema, 'input'));
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
  }));
}

function answer(route: Route): JsonObject {
  const status = String(route.status ?? (route.reply || route.produces ? 200 : 204));
  if (route.reply) {
    const schema = schemaOf(route.reply, 'output');
    return { [status]: { description: 'Success', content: { 'application/json': { schema } } } };
  }
  return {
    [status]: { description: 'Success', ...(route.produces && { content: { [route.produces]: {} } }) },
  };
}

function requestContent(route: Route, body: z.ZodType): JsonObject {
  const schema = schemaOf(body, 'input');
  if (route.upload === undefined) return { 'application/json': { schema } };
  const fields = z.record(z.string(), z.unknown()).catch({}).parse(schema['properties']);
  const file = { type: 'string', contentMediaType: 'application/octet-stream' };
  const form = { type: 'object', properties: { [route.upload]: file, ...fields } };
  return { 'application/json': { schema }, 'multipart/form-data': { schema: form } };
}

function operation(tag: string, name: string, route: Route): JsonObject {
  return {
    tags: [tag],
    operationId: `${tag}.${name}`,
    summary: route.summary,
    security: security[route.access],
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body && { requestBody: { content: requestContent(route, route.body) } }),
    responses: { ...answer(route), default: { $ref: '#/components/responses/Problem' } },
  };
}

/** The whole API as OpenAPI 3.1, made from the contract and nothing else. */
export function buildOpenApi(version: string): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const [tag, routes] of Object.entries(allRoutes)) {
    for (const [name, route] of Object.entries(routes)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(tag, name, route) };
    }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hearth',
      version,
      description: 'Times are ISO 8601 UTC, durations seconds, sizes bytes.',
    },
    paths,
    components: {
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
        // OpenAPI knows no key in a path; the parameter of that name is it.
        ticket: { type: 'apiKey', in: 'query', name: 'ticket', description: 'The `ticket` in the path' },
        signedUrl: { type: 'apiKey', in: 'query', name: 'signature' },
      },
      responses: {
        Problem: {
          description: 'A problem (RFC 9457) with a stable code',
          content: { 'application/problem+json': { schema: schemaOf(problemSchema, 'output') } },
        },
      },
    },
  };
}
