import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Guest } from '../guest.js';
import { ActionArguments } from '../services/action-arguments.js';
import type { Service } from '../services/service.js';
import { readSoapRequest, writeSoapFault, writeSoapReply } from '../wire/soap.js';
import { UpnpFault } from '../wire/upnp-fault.js';
import { answer, refuse, XML_TYPE } from './answer.js';
import { BodyTooLarge, readBody } from './request-body.js';

/** Bytes; the largest real request is RegisterDevice with a certificate. */
const LARGEST_CALL = 64 * 1024;

/** Calls of actions. The body alone says which: SOAPACTION is quoted, bare or missing, as the device likes. */
export class ControlEndpoint {
  readonly #onError: (error: unknown, during: string) => void;

  constructor(onError: (error: unknown, during: string) => void) {
    this.#onError = onError;
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
    service: Service,
    guest: Guest,
  ): Promise<void> {
    let body: Buffer;
    try {
      body = await readBody(request, LARGEST_CALL);
    } catch (error) {
      // Whoever left in mid-sentence needs no answer.
      if (error instanceof BodyTooLarge) refuse(response, 413, 'Too long');
      return;
    }
    const headers = { 'Content-Type': XML_TYPE, EXT: '' };
    try {
      answer(response, 200, headers, await this.#call(body, service, guest));
    } catch (error) {
      const fault = this.#faultOf(error, service);
      answer(response, 500, headers, writeSoapFault(fault.code, fault.description));
    }
  }

  async #call(body: Buffer, service: Service, guest: Guest): Promise<string> {
    const call = readSoapRequest(body);
    const action = service.actions.get(call.action);
    if (!action) throw new UpnpFault(401, 'Invalid Action');
    const out = await action(new ActionArguments(call.args), guest);
    return writeSoapReply(service.description.serviceType, call.action, out);
  }

  #faultOf(error: unknown, service: Service): UpnpFault {
    if (error instanceof UpnpFault) return error;
    this.#onError(error, `${service.description.name} control`);
    return new UpnpFault(501, 'Action Failed');
  }
}
