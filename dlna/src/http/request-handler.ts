import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../clock.port.js';
import type { Doorkeeper, Guest, GuestFacts } from '../guest.js';
import type { ProfileBook } from '../profiles/profile-book.js';
import { deviceDescription, type DeviceSettings } from '../services/device-description.js';
import type { Service } from '../services/service.js';
import { scpdDocument } from '../services/service-description.js';
import { answer, refuse, XML_TYPE } from './answer.js';
import { browserTrick } from './browser-guard.js';
import type { ControlEndpoint } from './control-endpoint.js';
import type { EventEndpoint } from './event-endpoint.js';
import type { MediaEndpoint } from './media-endpoint.js';
import { factsOf } from './request-facts.js';
import { methodsOf, routeOf, type Route } from './route.js';
import { keepAsking } from './standing-leave.js';
import type { StaticFile } from './static-files.js';

export interface Endpoints {
  readonly settings: DeviceSettings;
  readonly serverHeader: string;
  readonly services: readonly Service[];
  readonly control: ControlEndpoint;
  readonly events: EventEndpoint;
  readonly media: MediaEndpoint;
  readonly icons: ReadonlyMap<string, StaticFile>;
  readonly doorkeeper: Doorkeeper;
  readonly profiles: ProfileBook;
  readonly clock: Clock;
  readonly onError: (error: unknown, during: string) => void;
}

/** From a request to the endpoint it is for, past the doorkeeper. */
export class RequestHandler {
  readonly #with: Endpoints;
  readonly #descriptions: Service['description'][];

  constructor(endpoints: Endpoints) {
    this.#with = endpoints;
    this.#descriptions = endpoints.services.map(({ description }) => description);
  }

  readonly listener = (request: IncomingMessage, response: ServerResponse): void => {
    response.setHeader('Server', this.#with.serverHeader);
    response.on('error', () => undefined);
    this.#handle(request, response).catch((error: unknown) => {
      this.#with.onError(error, `${request.method} ${request.url?.slice(0, 200)}`);
      refuse(response, 500, 'That went wrong here');
    });
  };

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const trick = browserTrick(request);
    if (trick) return refuse(response, 403, trick);
    const route = routeOf(request.url ?? '/', this.#descriptions);
    if (!route) return refuse(response, 404, 'Not found');
    const allowed = methodsOf(route);
    if (!allowed.includes(request.method ?? ''))
      return refuse(response, 405, 'Not this way', { Allow: allowed.join(', ') });
    const facts = factsOf(request);
    if (!facts) return void response.destroy();
    const guest = await this.#admit(facts);
    if (response.destroyed) return;
    if (!guest) return refuse(response, 403, 'This device is not allowed in');
    // Shut out meanwhile, or seeing with other eyes.
    const isStillIn = async () => (await this.#admit(facts))?.viewerId === guest.viewerId;
    if (route.kind === 'media') keepAsking(response, isStillIn, this.#with.clock);
    await this.#serve(request, response, route, guest);
  }

  #admit(facts: GuestFacts): Promise<Guest | undefined> {
    return this.#with.doorkeeper.admit(facts, this.#with.profiles.match(facts));
  }

  async #serve(
    request: IncomingMessage,
    response: ServerResponse,
    route: Route,
    guest: Guest,
  ): Promise<void> {
    switch (route.kind) {
      case 'description':
        return this.#document(response, deviceDescription(this.#with.settings, guest.profile));
      case 'scpd':
        return this.#document(response, scpdDocument(this.#service(route.service).description));
      case 'control':
        return this.#with.control.handle(request, response, this.#service(route.service), guest);
      case 'events':
        return this.#with.events.handle(request, response, this.#service(route.service), guest);
      case 'icon': {
        const icon = this.#with.icons.get(route.path);
        if (!icon) return refuse(response, 404, 'Not found');
        return answer(response, 200, { 'Content-Type': icon.mime }, icon.bytes);
      }
      case 'media':
      case 'art':
      case 'subtitle':
        return this.#with.media.handle(request, response, route, guest);
    }
  }

  #document(response: ServerResponse, xml: string): void {
    answer(response, 200, { 'Content-Type': XML_TYPE, EXT: '' }, xml);
  }

  #service(name: string): Service {
    const found = this.#with.services.find(({ description }) => description.name === name);
    if (!found) throw new Error(`No service ${name}`);
    return found;
  }
}
