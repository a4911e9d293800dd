import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  RequestMapping,
  RequestMethod,
  SetMetadata,
} from '@nestjs/common';
import type { Route } from '@hearth/contract/route';
import type { FastifyRequest } from 'fastify';
import { parseInput } from './parse-input.js';

const routeKey = 'hearth:route';

/** Binds a controller method to a route of the contract: path, method, rights and success status come from there. */
export function Handle(route: Route): MethodDecorator {
  return applyDecorators(
    RequestMapping({ path: route.path, method: RequestMethod[route.method] }),
    HttpCode(route.status ?? ((route.reply ?? route.produces) ? 200 : 204)),
    SetMetadata(routeKey, route),
  );
}

/** The contract route a handler was bound to; undefined for a handler that forgot `@Handle`. */
export function routeOf(handler: object): Route | undefined {
  return Reflect.getMetadata(routeKey, handler) as Route | undefined;
}

/**
 * The handler's parameters, query and body, merged, parsed by the route's schemas.
 * @throws ProblemError VALIDATION_FAILED naming every faulty field
 */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  const route = routeOf(context.getHandler());
  if (!route) throw new Error(`${context.getHandler().name} has no route`);
  return parseInput(route, context.switchToHttp().getRequest<FastifyRequest>());
});
