import type { ServiceDescription } from './service-description.js';

export const contentDirectoryScpd: ServiceDescription = {
  name: 'ContentDirectory',
  serviceType: 'urn:schemas-upnp-org:service:ContentDirectory:1',
  serviceId: 'urn:upnp-org:serviceId:ContentDirectory',
  actions: [],
  variables: [],
};
