import { allRoutes } from '@hearth/contract/all-routes';
import { z } from 'zod';
import { buildOpenApi } from './openapi.js';

const document = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.object({ security: z.array(z.unknown()) }).loose())),
  })
  .loose()
  .parse(buildOpenApi('1.2.3'));

const routes = new Map(
  Object.values(allRoutes).flatMap((group) =>
    Object.values(group).map((route) => [`${route.method} ${route.path}`, route]),
  ),
);

test.each([...routes.keys()])('%s is documented with its rights', (key) => {
  const route = routes.get(key);
  const operation =
    document.paths[route?.path.replace(/:(\w+)/g, '{$1}') ?? '']?.[route?.method.toLowerCase() ?? ''];
  expect(operation).toBeDefined();
  const ways = { public: 0, 'member-or-signed': 2 };
  const access = route?.access ?? 'member';
  expect(operation?.security.length).toBe(access in ways ? ways[access as keyof typeof ways] : 1);
});

test('no two routes share a method and a path', () => {
  const keys = Object.values(allRoutes).flatMap((routes) =>
    Object.values(routes).map((route) => `${route.method} ${route.path}`),
  );
  expect(new Set(keys).size).toBe(keys.length);
});
