import type { Role } from '@hearth/contract/account';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';

/** Who is asking; put on the request by the access guard. */
export interface Caller {
  readonly accountId: string;
  readonly role: Role;
  /** The device they are signed in on; null where a signed URL speaks for them. */
  readonly sessionId: string | null;
}

const callers = new WeakMap<FastifyRequest, Caller>();

export const setCaller = (request: FastifyRequest, caller: Caller): void => void callers.set(request, caller);

/** Injects the `Caller`; only on routes that are not public. */
export const CurrentCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const caller = callers.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!caller) throw new Error(`${context.getHandler().name} asks for its caller on a public route`);
  return caller;
});
