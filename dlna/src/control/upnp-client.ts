import DeviceClient from 'upnp-device-client';
import type { Clock } from '../clock.port.js';
import { readSoapReply, writeSoapRequest } from '../wire/soap.js';
import { UpnpFault } from '../wire/upnp-fault.js';
import {
  type DescribedDevice,
  type DescribedService,
  readDescription,
  serviceOfKind,
} from './described-device.js';
import { readServiceDescription, type ServiceDescription } from './described-service.js';
import { askDevice, type DeviceAnswer, DeviceUnreachable } from './device-request.js';
import type { EventReceiver } from './event-receiver.js';
import { EventSubscription, type SubscriptionListener } from './event-subscription.js';

const userAgent = 'Linux/6.1 UPnP/1.0 DLNADOC/1.50 Hearth/1.0';

/** Where a device says it is. */
export interface DevicePlace {
  /** Checked by `deviceUrl`: at `address`. */
  readonly location: URL;
  /** IPv4 the word of it came from; everything it names must be there. */
  readonly address: string;
}

export interface CallOptions {
  /** Milliseconds; 8 s if not said. */
  readonly timeout?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * upnp-device-client for one device of a description (dlna.md §5). Of the library remain the client as such, its caches
 * and its refusals (ENOSERVICE); whatever it does with sockets and XML kills the process or hangs with real devices, so
 * fetching (F2: time-outs and size), reading (F4), embedded devices and URLBase (F7) are ours.
 */
class OneDevice extends DeviceClient {
  device: DescribedDevice | undefined;
  localAddress = '';
  private readonly described = new Map<string, ServiceDescription>();

  constructor(
    private readonly place: DevicePlace,
    private readonly wanted: (device: DescribedDevice) => boolean,
  ) {
    super(place.location.href);
    // An 'error' event that nobody listens to ends the process.
    this.on('error', () => undefined);
  }

  /** @throws DeviceUnreachable, XmlError, Error where there is no such device in it */
  async describe(): Promise<DescribedDevice> {
    if (this.device) return this.device;
    const { location, address } = this.place;
    const answer = await fetchDocument(location);
    const device = readDescription(answer.body.toString(), location, address).find(this.wanted);
    if (!device) throw new Error(`${location.host} describes no such device`);
    this.deviceDescription = {
      services: Object.fromEntries(device.services.map((service) => [service.id, libraryService(service)])),
    };
    this.localAddress = answer.localAddress;
    return (this.device = device);
  }

  /** A device whose SCPD cannot be read is asked without knowing what it can. */
  async serviceDescription(service: DescribedService): Promise<ServiceDescription | undefined> {
    const known = this.described.get(service.id);
    if (known) return known;
    const description = await fetchDocument(service.scpdUrl)
      .then(({ body }) => readServiceDescription(body.toString()))
      .catch((error: unknown) => {
        if (error instanceof DeviceUnreachable) throw error;
        return undefined;
      });
    if (!description) return undefined;
    this.described.set(service.id, description);
    this.serviceDescriptions[service.id] = description;
    return description;
  }
}

const libraryService = (service: DescribedService) => ({
  serviceType: service.type,
  SCPDURL: service.scpdUrl.href,
  controlURL: service.controlUrl.href,
  eventSubURL: service.eventUrl?.href ?? '',
});

async function fetchDocument(url: URL): Promise<DeviceAnswer> {
  const answer = await askDevice(url, { headers: { 'User-Agent': userAgent } });
  if (answer.status !== 200) throw new Error(`${url.href} was answered with ${answer.status}`);
  return answer;
}

/** Calls actions of a device's services and hears their events; at most one call at a time goes to it. */
export class UpnpClient {
  private readonly library: OneDevice;
  private turn: Promise<unknown> = Promise.resolve();

  /** @param wanted which device of the description, embedded ones included */
  constructor(
    private readonly place: DevicePlace,
    wanted: (device: DescribedDevice) => boolean,
    private readonly receiver: EventReceiver,
    private readonly clock: Clock,
  ) {
    this.library = new OneDevice(place, wanted);
  }

  /** Read once. @throws DeviceUnreachable, XmlError, Error */
  describe(): Promise<DescribedDevice> {
    return this.inTurn(() => this.library.describe());
  }

  /** @returns undefined where the service is missing or its SCPD cannot be read @throws DeviceUnreachable */
  async serviceDescription(kind: string): Promise<ServiceDescription | undefined> {
    const service = serviceOfKind(await this.describe(), kind);
    return service && (await this.inTurn(() => this.library.serviceDescription(service)));
  }

  /**
   * @param kind `AVTransport`: whatever version the device has
   * @param args sent in the order of the SCPD
   * @returns the out-arguments, by name
   * @throws UpnpFault what the device says (401 where it has no such action), DeviceUnreachable
   */
  async call(
    kind: string,
    action: string,
    args: Readonly<Record<string, string | number>>,
    options: CallOptions = {},
  ): Promise<ReadonlyMap<string, string>> {
    const service = serviceOfKind(await this.describe(), kind);
    if (!service) throw new UpnpFault(401, `no ${kind}`);
    return await this.inTurn(async () => {
      const order = await this.orderOf(service, action);
      const body = writeSoapRequest(service.type, action, inOrder(args, order));
      const answer = await askDevice(service.controlUrl, {
        method: 'POST',
        body: Buffer.from(body),
        timeout: options.timeout,
        signal: options.signal,
        headers: {
          'Content-Type': 'text/xml; charset="utf-8"',
          SOAPACTION: `"${service.type}#${action}"`,
          'User-Agent': userAgent,
          ...options.headers,
        },
      });
      return outArguments(answer);
    });
  }

  /** @throws DeviceUnreachable, Error where the device refuses or has no events */
  async subscribe(kind: string, listener: SubscriptionListener): Promise<EventSubscription> {
    const { eventUrl } = serviceOfKind(await this.describe(), kind) ?? {};
    if (!eventUrl) throw new Error(`${kind} has no events`);
    const { localAddress } = this.library;
    const { address } = this.place;
    return await EventSubscription.start(
      { eventUrl, address, localAddress },
      this.receiver,
      this.clock,
      listener,
    );
  }

  private async orderOf(service: DescribedService, action: string): Promise<readonly string[] | undefined> {
    const description = await this.library.serviceDescription(service);
    const order = description?.actions.get(action);
    if (description && description.actions.size > 0 && !order)
      throw new UpnpFault(401, `${action} is not implemented`);
    return order;
  }

  /** Cheap devices answer two questions at once with the answer to one. */
  private inTurn<T>(ask: () => Promise<T>): Promise<T> {
    const turn = this.turn.then(ask, ask);
    this.turn = turn.catch(() => undefined);
    return turn;
  }
}

function inOrder(
  args: Readonly<Record<string, string | number>>,
  order: readonly string[] | undefined,
): (readonly [string, string])[] {
  const place = (name: string): number => {
    const index = order?.indexOf(name) ?? -1;
    return index < 0 ? Number.MAX_SAFE_INTEGER : index;
  };
  return Object.entries(args)
    .map(([name, value]) => [name, String(value)] as const)
    .sort(([a], [b]) => place(a) - place(b));
}

/** An empty 200 is how some devices say yes; an empty 500 and a page of HTML are a no (F4). */
function outArguments({ status, body }: DeviceAnswer): ReadonlyMap<string, string> {
  if (status === 200 && body.toString().trim() === '') return new Map();
  const out = readSoapReply(body);
  if (status !== 200) throw new UpnpFault(501, `HTTP ${status}`);
  return out;
}
