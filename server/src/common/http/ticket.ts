import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ticket } from '../ticket-signer.js';

const tickets = new WeakMap<FastifyRequest, Ticket>();

/** Put on the request by the access guard, which has checked it. */
export const setTicket = (request: FastifyRequest, ticket: Ticket): void => void tickets.set(request, ticket);

/** Injects the `Ticket` of the path; only on routes whose access is `ticket`. */
export const CurrentTicket = createParamDecorator((_: unknown, context: ExecutionContext): Ticket => {
  const ticket = tickets.get(context.switchToHttp().getRequest<FastifyRequest>());
  if (!ticket) throw new Error(`${context.getHandler().name} asks for a ticket on a route without one`);
  return ticket;
});
