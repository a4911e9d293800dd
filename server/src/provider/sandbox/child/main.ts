import { createInterface } from 'node:readline';
import { type GuestMessage, serverMessage, type ServerMessage } from '../messages.js';
import { Guest, GuestCondemned } from './guest.js';

/*
 * The process of one provider: lines of JSON in, lines of JSON out (see ../messages.ts). It ends with its server, whose pipe
 * closes, and when the provider is condemned.
 */

const condemnedCode = 70; // EX_SOFTWARE of sysexits.h

const say = (message: GuestMessage, said?: () => void): void =>
  void process.stdout.write(`${JSON.stringify(message)}\n`, said);

let guest: Guest | null = null;
let isOver = false;

async function carryOut(message: ServerMessage): Promise<void> {
  if (message.type === 'load') guest = await Guest.load(message.source, message.limits, say);
  else if (message.type === 'ping') say({ type: 'pong' });
  else if (message.type === 'ask') guest?.question(message);
  else if (message.type === 'fetched') guest?.fetched(message.request, message.response);
  else if (message.type === 'unfetched') guest?.unfetched(message.request, message.message);
  else guest?.drop(message.id);
}

function condemn(error: unknown): void {
  if (isOver) return;
  isOver = true;
  const why = error instanceof GuestCondemned ? error.why : 'crash';
  const message = error instanceof Error ? error.message.slice(0, 500) : '';
  say({ type: 'condemned', why, message }, () => process.exit(condemnedCode));
}

/** One after the other: nothing is asked before it is loaded. */
let last: Promise<void> = Promise.resolve();
const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
lines.on('line', (line) => {
  last = last
    .then(() => (isOver ? undefined : carryOut(serverMessage.parse(JSON.parse(line)))))
    .catch(condemn);
});
lines.on('close', () => process.exit(0));
process.stdout.on('error', () => process.exit(0));
