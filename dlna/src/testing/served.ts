import type { Clock } from '../clock.port.js';
import type { Guest, GuestFacts } from '../guest.js';
import { MediaServer, type MediaServerSettings } from '../media-server.js';
import type { DeviceProfile } from '../profiles/device-profile.js';
import { bundledProfiles } from '../profiles/profile-files.js';
import { loadProfiles } from '../profiles/profile-book.js';
import { ask, type RawAnswer } from './raw-http.js';
import { MemorySource } from './memory-source.js';

/** A real media server on the loopback address, over a source in memory. */
export class Served {
  readonly source = new MemorySource();
  readonly errors: unknown[] = [];
  readonly admitted: GuestFacts[] = [];
  /** Set: nobody is let in. */
  closed = false;
  /** Whose eyes everybody sees with. */
  viewerId = 'household';
  port = 0;
  readonly #server: MediaServer;

  constructor(settings: Partial<MediaServerSettings> = {}, clock?: Clock) {
    this.#server = new MediaServer(
      {
        uuid: '4d696e69-444c-164e-9d41-000000000001',
        friendlyName: 'Hearth & Söhne',
        version: '1.0',
        host: '127.0.0.1',
        onError: (error) => this.errors.push(error),
        ...settings,
      },
      this.source,
      { admit: (facts, profile) => Promise.resolve(this.#admit(facts, profile)) },
      loadProfiles([bundledProfiles]),
      clock,
    );
  }

  async start(): Promise<this> {
    this.port = (await this.#server.start()).port;
    return this;
  }

  stop(): Promise<void> {
    return this.#server.stop();
  }

  ask(line: string, headers: Readonly<Record<string, string>> = {}, body = ''): Promise<RawAnswer> {
    return ask(this.port, line, headers, body);
  }

  /** Calls an action. @returns the reply, its elements as text (one level of escaping undone) by name */
  async call(
    service: string,
    action: string,
    args: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly answer: RawAnswer; readonly out: Readonly<Record<string, string>> }> {
    const answer = await this.ask(`POST /${service}/control`, headers, soapCall(service, action, args));
    const text = answer.body.toString('utf8');
    const inside = /<u:\w+Response[^>]*>(.*)<\/u:\w+Response>/s.exec(text)?.[1] ?? text;
    const out: Record<string, string> = {};
    for (const [, name = '', value = ''] of inside.matchAll(/<(\w+)>([^<]*)<\/\1>/g))
      out[name] = unescaped(value);
    return { answer, out };
  }

  #admit(facts: GuestFacts, profile: DeviceProfile): Guest | undefined {
    this.admitted.push(facts);
    return this.closed ? undefined : { facts, profile, deviceId: facts.address, viewerId: this.viewerId };
  }
}

export const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

export function soapCall(service: string, action: string, args: Readonly<Record<string, string>>): string {
  const inside = Object.entries(args).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  return (
    '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" ' +
    's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>' +
    `<u:${action} xmlns:u="urn:schemas-upnp-org:service:${service}:1">${inside.join('')}</u:${action}>` +
    '</s:Body></s:Envelope>'
  );
}
