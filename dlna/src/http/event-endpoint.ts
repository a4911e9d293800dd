import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guest } from '../guest.js';
import { eventCallbacks, wantedSeconds } from '../protocol/event-callbacks.js';
import type { Granted, Subscriptions } from '../protocol/subscriptions.js';
import type { Service } from '../services/service.js';
import { answer, refuse } from './answer.js';
import { headerOf } from './request-facts.js';

/** SUBSCRIBE and UNSUBSCRIBE (UDA 1.0 §4.1). */
export class EventEndpoint {
  readonly #subscriptions: Subscriptions;

  constructor(subscriptions: Subscriptions) {
    this.#subscriptions = subscriptions;
  }

  handle(request: IncomingMessage, response: ServerResponse, service: Service, guest: Guest): void {
    const sid = headerOf(request, 'sid');
    const asksAnew = Boolean(headerOf(request, 'nt') || headerOf(request, 'callback'));
    if (sid && asksAnew) return refuse(response, 400, 'SID together with NT or CALLBACK');
    if (request.method === 'UNSUBSCRIBE') return this.#cancel(response, sid, service, guest);
    if (sid) return this.#renew(request, response, sid, service, guest);
    return this.#subscribe(request, response, service, guest);
  }

  #subscribe(request: IncomingMessage, response: ServerResponse, service: Service, guest: Guest): void {
    const { address, localAddress } = guest.facts;
    const callbacks = eventCallbacks(headerOf(request, 'callback'), address);
    if (headerOf(request, 'nt').toLowerCase() !== 'upnp:event' || callbacks.length === 0)
      return refuse(response, 412, 'NT upnp:event and a CALLBACK at your own address are needed');
    const name = service.description.name;
    const granted = this.#subscriptions.subscribe(
      { service: name, callbacks, address, localAddress },
      wantedSeconds(headerOf(request, 'timeout')),
    );
    if (!granted) return refuse(response, 412, 'Too many subscriptions');
    // The answer must be on its way before the first event is: devices drop events of a SID they have not heard of.
    response.once('finish', () => this.#subscriptions.begin(granted.sid, service.state()));
    response.once('close', () => {
      if (!response.writableFinished) this.#subscriptions.cancel(granted.sid, name, address);
    });
    this.#grant(response, granted);
  }

  #renew(
    request: IncomingMessage,
    response: ServerResponse,
    sid: string,
    service: Service,
    guest: Guest,
  ): void {
    const seconds = wantedSeconds(headerOf(request, 'timeout'));
    const granted = this.#subscriptions.renew(sid, service.description.name, guest.facts.address, seconds);
    if (!granted) return refuse(response, 412, 'No such subscription');
    this.#grant(response, granted);
  }

  #cancel(response: ServerResponse, sid: string, service: Service, guest: Guest): void {
    if (!this.#subscriptions.cancel(sid, service.description.name, guest.facts.address))
      return refuse(response, 412, 'No such subscription');
    answer(response, 200);
  }

  #grant(response: ServerResponse, { sid, seconds }: Granted): void {
    answer(response, 200, { SID: sid, TIMEOUT: `Second-${seconds}` });
  }
}
