import { UpnpFault } from './upnp-fault.js';

/** A call of an action, as it came. */
export interface SoapRequest {
  /** The namespace of the action's element; empty where a device left it out (the SOAPACTION header has it then). */
  readonly service: string;
  readonly action: string;
  readonly args: ReadonlyMap<string, string>;
}

/** @throws UpnpFault 401 for whatever is no call */
export function readSoapRequest(body: Buffer | string): SoapRequest {
  throw new UpnpFault(401, `not written yet ${body.length}`);
}

/** @param args in the order of the SCPD */
export function writeSoapReply(
  serviceType: string,
  action: string,
  args: readonly (readonly [string, string])[],
): string {
  return `not written yet ${serviceType} ${action} ${args.length}`;
}

/** The body of HTTP 500. */
export function writeSoapFault(code: number, description: string): string {
  return `not written yet ${code} ${description}`;
}

/** @param args in the order of the SCPD */
export function writeSoapRequest(
  serviceType: string,
  action: string,
  args: readonly (readonly [string, string])[],
): string {
  return `not written yet ${serviceType} ${action} ${args.length}`;
}

/**
 * The out-arguments of a reply, whatever its HTTP status was.
 * @throws UpnpFault where the device says so; 501 with what could be read where it is no SOAP at all
 */
export function readSoapReply(body: Buffer | string): ReadonlyMap<string, string> {
  throw new UpnpFault(501, `not written yet ${body.length}`);
}
