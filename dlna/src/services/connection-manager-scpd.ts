import type { ServiceDescription } from './service-description.js';

export const connectionManagerScpd: ServiceDescription = {
  name: 'ConnectionManager',
  serviceType: 'urn:schemas-upnp-org:service:ConnectionManager:1',
  serviceId: 'urn:upnp-org:serviceId:ConnectionManager',
  actions: [],
  variables: [],
};
