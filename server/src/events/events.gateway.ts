import type { Role } from '@hearth/contract/account';
import { clientEvents, eventsPath, serverEvents } from '@hearth/contract/events';
import { Inject, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  ConnectedSocket,
  MessageBody,
  type OnGatewayDisconnect,
  SubscribeMessage,
  WebSocketGateway,
  WebSocketServer,
} from '@nestjs/websockets';
import { Server, type Socket } from 'socket.io';
import { toProblemError } from '../common/http/problem-filter.js';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { InjectConfig } from '../config/config.module.js';
import { EventBus, type ServerEvent } from './event-bus.js';
import { accountRoom, audienceRoom, discreet, limitedRoom, limitedRooms, sessionRoom } from './rooms.js';
import { SocketAccess } from './socket-access.js';
import { TokenVerifier } from './token-verifier.js';

/** Clients send nothing but tokens. Bytes. */
const largestMessage = 16 * 1024;

type Refreshed = { ok: true; expiresAt: string } | { ok: false; code: string };

/** Live events for clients: authenticated sockets, each in the rooms of what it may hear. */
@WebSocketGateway({
  path: eventsPath,
  serveClient: false,
  maxHttpBufferSize: largestMessage,
  connectTimeout: 10_000,
})
export class EventsGateway implements OnModuleInit, OnApplicationShutdown, OnGatewayDisconnect {
  @WebSocketServer()
  private server: Server | undefined;
  private access: SocketAccess | undefined;
  private readonly closers: (() => void | Promise<void>)[] = [];
  private readonly logger: Logger;

  constructor(
    @Inject(ModuleRef) private readonly modules: ModuleRef,
    @Inject(EventBus) private readonly bus: EventBus,
    @InjectConfig() private readonly config: Config,
    @Inject(Logger) root: Logger,
  ) {
    this.logger = root.scoped('events');
  }

  /** @throws Error when nobody provides a `TokenVerifier`, or Redis cannot be reached */
  async onModuleInit(): Promise<void> {
    // A worker has no HTTP server; its events leave through Redis.
    const server = (this.server ??= new Server({ path: eventsPath, serveClient: false }));
    const access = new SocketAccess(this.modules.get(TokenVerifier, { strict: false }));
    this.access = access;
    if (this.config.redisUrl) {
      const { fanOutByRedis } = await import('./redis-fan-out.js');
      this.closers.push(await fanOutByRedis(server, this.config.redisUrl, this.logger));
    }
    server.use((socket, next) => {
      access.admit(socket).then(
        () => next(),
        (error: unknown) => next(this.asConnectError(error)),
      );
    });
    // With Redis, whoever hears may be connected to another process.
    const isShared = this.config.redisUrl !== undefined;
    this.bus.tellWhoHears((id) => isShared || server.sockets.adapter.rooms.has(accountRoom(id)));
    this.closers.push(this.bus.listen((event) => this.send(server, event)));
    this.closers.push(this.bus.listenToRoles((accountId, role) => changeRole(server, accountId, role)));
  }

  async onApplicationShutdown(): Promise<void> {
    for (const close of this.closers) await close();
  }

  handleDisconnect(socket: Socket): void {
    this.access?.forget(socket);
  }

  /** A client that got a new access token keeps its socket. */
  @SubscribeMessage(clientEvents.refresh)
  async refresh(@ConnectedSocket() socket: Socket, @MessageBody() body: unknown): Promise<Refreshed> {
    try {
      const expiresAt = (await this.access?.renew(socket, body)) ?? 0;
      return { ok: true, expiresAt: new Date(expiresAt).toISOString() };
    } catch (error) {
      return { ok: false, code: this.asProblem(error).code };
    }
  }

  private send(server: Server, event: ServerEvent): void {
    try {
      if (event.name === 'limits.changed') changeLimits(server, event);
      emit(server, event);
      if (event.name !== 'session.revoked') return;
      const { sessionId } = serverEvents['session.revoked'].payload.parse(event.payload);
      server.in(sessionRoom(sessionId)).disconnectSockets(true);
    } catch (error) {
      // The publisher has done its work; that nobody heard of it is no reason to fail it.
      this.logger.error('An event could not be sent', { event: event.name, error });
    }
  }

  private asProblem(error: unknown): ReturnType<typeof toProblemError> {
    const problem = toProblemError(error);
    if (problem.code === 'INTERNAL') this.logger.error('A token could not be checked', { error });
    return problem;
  }

  /** What the client finds in `connect_error`: `message` and `data.code` are the stable code. */
  private asConnectError(error: unknown): Error {
    const { code } = this.asProblem(error);
    return Object.assign(new Error(code), { data: { code } });
  }
}

function emit(server: Server, event: ServerEvent): void {
  const room = audienceRoom(event);
  const quiet = discreet(event);
  if (!quiet) {
    server.to(room).emit(event.name, event.payload);
    return;
  }
  server.to(room).except(limitedRoom).emit(event.name, event.payload);
  const own = quiet.owner === null ? [] : limitedRooms(quiet.owner).slice(1);
  server.to(limitedRoom).except(own).emit(event.name, quiet.payload);
  if (own.length > 0) server.to(own).emit(event.name, event.payload);
}

/** In every process, and at once: open connections hear no more than their account may. */
function changeLimits(server: Server, { accountId = '', payload }: ServerEvent): void {
  const { limited } = serverEvents['limits.changed'].payload.parse(payload);
  const sockets = server.in(accountRoom(accountId));
  if (limited) sockets.socketsJoin(limitedRooms(accountId));
  else for (const room of limitedRooms(accountId)) sockets.socketsLeave(room);
}

/** In every process, and at once: a token that names the old role may live for a quarter of an hour. */
function changeRole(server: Server, accountId: string, role: Role): void {
  const sockets = server.in(accountRoom(accountId));
  if (role === 'admin') sockets.socketsJoin('admin');
  else sockets.socketsLeave('admin');
}
