import type { ServiceDescription } from './service-description.js';

export const registrarScpd: ServiceDescription = {
  name: 'X_MS_MediaReceiverRegistrar',
  serviceType: 'urn:microsoft.com:service:X_MS_MediaReceiverRegistrar:1',
  serviceId: 'urn:microsoft.com:serviceId:X_MS_MediaReceiverRegistrar',
  actions: [],
  variables: [],
};
