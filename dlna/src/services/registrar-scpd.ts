import { action, variable, type ServiceDescription } from './service-description.js';

/** Microsoft's registrar: an Xbox 360 asks it whether it may come in before it asks for anything else. */
export const registrarScpd: ServiceDescription = {
  name: 'X_MS_MediaReceiverRegistrar',
  serviceType: 'urn:microsoft.com:service:X_MS_MediaReceiverRegistrar:1',
  serviceId: 'urn:microsoft.com:serviceId:X_MS_MediaReceiverRegistrar',
  actions: [
    action('IsAuthorized', { DeviceID: 'A_ARG_TYPE_DeviceID' }, { Result: 'A_ARG_TYPE_Result' }),
    action('IsValidated', { DeviceID: 'A_ARG_TYPE_DeviceID' }, { Result: 'A_ARG_TYPE_Result' }),
    action(
      'RegisterDevice',
      { RegistrationReqMsg: 'A_ARG_TYPE_RegistrationReqMsg' },
      { RegistrationRespMsg: 'A_ARG_TYPE_RegistrationRespMsg' },
    ),
  ],
  variables: [
    variable('A_ARG_TYPE_DeviceID', 'string'),
    variable('A_ARG_TYPE_RegistrationReqMsg', 'bin.base64'),
    variable('A_ARG_TYPE_RegistrationRespMsg', 'bin.base64'),
    variable('A_ARG_TYPE_Result', 'int'),
    variable('AuthorizationDeniedUpdateID', 'ui4', { evented: true }),
    variable('AuthorizationGrantedUpdateID', 'ui4', { evented: true }),
    variable('ValidationRevokedUpdateID', 'ui4', { evented: true }),
    variable('ValidationSucceededUpdateID', 'ui4', { evented: true }),
  ],
};
