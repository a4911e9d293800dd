/** upnp-device-client 1.0.2, as far as it is used. */
declare module 'upnp-device-client' {
  import { EventEmitter } from 'node:events';

  interface LibraryService {
    serviceType: string;
    SCPDURL: string;
    controlURL: string;
    eventSubURL: string;
  }

  export default class DeviceClient extends EventEmitter {
    constructor(url: string);
    deviceDescription: { services: Record<string, LibraryService> } | null;
    serviceDescriptions: Record<string, unknown>;
  }
}
