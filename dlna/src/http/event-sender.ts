import { request as ask } from 'node:http';
import type { EventDelivery } from '../protocol/subscriptions.js';
import { writePropertySet } from '../wire/property-set.js';

const TIMEOUT_MS = 5000;

/** Sends one NOTIFY, to the first callback that takes it. Redirects are answers like any other: nobody follows them. */
export async function sendEvent(delivery: EventDelivery, timeoutMs = TIMEOUT_MS): Promise<boolean> {
  const body = Buffer.from(writePropertySet(delivery.values), 'utf8');
  for (const callback of delivery.callbacks)
    if (await notify(callback, delivery, body, timeoutMs)) return true;
  return false;
}

function notify(url: URL, delivery: EventDelivery, body: Buffer, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const request = ask(url, {
      method: 'NOTIFY',
      agent: false,
      localAddress: delivery.localAddress,
      insecureHTTPParser: true,
      maxHeaderSize: 8 * 1024,
      headers: {
        HOST: url.host,
        'CONTENT-TYPE': 'text/xml; charset="utf-8"',
        NT: 'upnp:event',
        NTS: 'upnp:propchange',
        SID: delivery.sid,
        SEQ: String(delivery.sequence),
        'CONTENT-LENGTH': String(body.byteLength),
        CONNECTION: 'close',
      },
    });
    const end = (taken: boolean): void => {
      clearTimeout(deadline);
      request.destroy();
      resolve(taken);
    };
    // One deadline for all of it: a device that drips bytes is one that hangs.
    const deadline = setTimeout(() => end(false), timeoutMs).unref();
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      end(status >= 200 && status < 300);
    });
    request.on('error', () => end(false));
    request.end(body);
  });
}
