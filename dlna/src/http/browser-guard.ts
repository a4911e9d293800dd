import type { IncomingMessage } from 'node:http';
import { headerOf } from './request-facts.js';

/** An address, nothing at all, or a name only this house can give: never one that a stranger's DNS points here. */
const HOUSE_NAME =
  /^(?:(?:\d{1,3}\.){3}\d{1,3}|localhost|[^.:]+|[^:]+\.(?:local|lan|home|internal|home\.arpa))?(?::\d+)?$/i;

/**
 * Why a request smells of a web page rather than of a device. No device sends Origin, and every device asks the
 * address it was told; a page that had its name point here (DNS rebinding) would read the household's list.
 */
export function browserTrick(request: IncomingMessage): string | undefined {
  if (headerOf(request, 'host') && !HOUSE_NAME.test(headerOf(request, 'host'))) return 'Unknown host';
  if (request.method !== 'GET' && request.method !== 'HEAD' && headerOf(request, 'origin'))
    return 'Not for web pages';
  return undefined;
}
