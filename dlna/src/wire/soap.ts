import { UpnpFault } from './upnp-fault.js';
import { XmlError, childOf, escapeAttribute, escapeText, parseXml, type XmlElement } from './xml.js';

/** A call of an action, as it came. */
export interface SoapRequest {
  /** The namespace of the action's element; empty where a device left it out (the SOAPACTION header has it then). */
  readonly service: string;
  readonly action: string;
  /** By name, trimmed; whatever order they came in. */
  readonly args: ReadonlyMap<string, string>;
}

type Arguments = readonly (readonly [string, string])[];

const prolog = '<?xml version="1.0" encoding="utf-8"?>\r\n';
const opening =
  '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
  's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>';
const closing = '</s:Body></s:Envelope>';

/** A call has a dozen arguments, and one of them may be a search of a few hundred characters. */
const requestLimits = { maxDepth: 16, maxNodes: 200, maxLength: 2 ** 18 };

/** @throws UpnpFault 401 for whatever is no call, and nothing else */
export function readSoapRequest(body: Uint8Array | string): SoapRequest {
  const [call] = bodyOf(() => parseXml(body, requestLimits))?.children ?? [];
  if (!call || call.name === 'Fault') throw new UpnpFault(401, 'Invalid Action');
  return { service: call.namespace, action: call.name, args: argumentsOf(call) };
}

function bodyOf(read: () => XmlElement): XmlElement | undefined {
  try {
    const envelope = read();
    return envelope.name === 'Envelope' ? childOf(envelope, 'Body') : undefined;
  } catch (error) {
    if (error instanceof XmlError) return undefined;
    throw error;
  }
}

function argumentsOf(call: XmlElement): ReadonlyMap<string, string> {
  return new Map(call.children.map((argument) => [argument.name, argument.text.trim()]));
}

/** @param args in the order of the SCPD: old stacks read them by position */
export function writeSoapReply(serviceType: string, action: string, args: Arguments): string {
  return envelope(serviceType, `${action}Response`, args);
}

/** @param args in the order of the SCPD */
export function writeSoapRequest(serviceType: string, action: string, args: Arguments): string {
  return envelope(serviceType, action, args);
}

function envelope(serviceType: string, element: string, args: Arguments): string {
  const inner = args.map(([name, value]) => `<${name}>${escapeText(value)}</${name}>`).join('');
  return (
    `${prolog}${opening}<u:${element} xmlns:u="${escapeAttribute(serviceType)}">${inner}` +
    `</u:${element}>${closing}\r\n`
  );
}

/** The body of HTTP 500 (UDA 1.0 §3.2.2), to the byte as minidlna sends it. */
export function writeSoapFault(code: number, description: string): string {
  return (
    `${opening}<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>` +
    `<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>${code}</errorCode>` +
    `<errorDescription>${escapeText(description)}</errorDescription></UPnPError></detail></s:Fault>${closing}`
  );
}

/**
 * The out-arguments of a reply, whatever its HTTP status was.
 * @throws UpnpFault with the device's code where it says no; 501 where it said no without a code, or spoke no SOAP
 */
export function readSoapReply(body: Uint8Array | string): ReadonlyMap<string, string> {
  const inside = bodyOf(() => parseXml(body));
  const [reply] = inside?.children ?? [];
  if (!reply) throw new UpnpFault(501, 'the reply is no SOAP');
  if (reply.name !== 'Fault') return argumentsOf(reply);
  const code = Number(descendant(reply, 'errorCode')?.text.trim() || Number.NaN);
  const said = descendant(reply, 'errorDescription') ?? descendant(reply, 'faultstring');
  throw new UpnpFault(Number.isInteger(code) ? code : 501, said?.text.trim() ?? '');
}

/** Where UPnPError lies differs: in detail, in another element of it, or in the fault itself. */
function descendant(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of element.children) {
    const found = child.name === name ? child : descendant(child, name);
    if (found) return found;
  }
  return undefined;
}
