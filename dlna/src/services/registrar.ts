import { registrarScpd } from './registrar-scpd.js';
import type { Action, Service } from './service.js';

/**
 * X_MS_MediaReceiverRegistrar:1, without which an Xbox 360 asks for nothing: everybody who got here is authorized,
 * because who may come in was decided before (403 otherwise).
 */
export function registrar(): Service {
  return {
    description: registrarScpd,
    state: () => [
      ['AuthorizationGrantedUpdateID', '1'],
      ['AuthorizationDeniedUpdateID', '1'],
      ['ValidationSucceededUpdateID', '1'],
      ['ValidationRevokedUpdateID', '1'],
    ],
    actions: new Map<string, Action>([
      ['IsAuthorized', () => [['Result', '1']]],
      ['IsValidated', () => [['Result', '1']]],
      ['RegisterDevice', () => [['RegistrationRespMsg', '']]],
    ]),
  };
}
