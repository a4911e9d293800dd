/**
 * A control point that knows nothing of Hearth's code: prints every datagram of SSDP that it gets as a line of JSON.
 * `raw-control-point.mjs <own address> [search target]`: with a target it searches once and prints the answers, without
 * it listens to what is said to everybody.
 */
import { createSocket } from 'node:dgram';

const GROUP = '239.255.255.250';
const [address = '', target] = process.argv.slice(2);

const socket = createSocket({ type: 'udp4', reuseAddr: true });
socket.on('message', (bytes, from) => {
  const [startLine = '', ...lines] = bytes.toString('latin1').split('\r\n');
  const headers = Object.fromEntries(
    lines.filter(Boolean).map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon).toUpperCase(), line.slice(colon + 1).trim()];
    }),
  );
  process.stdout.write(`${JSON.stringify({ from: from.address, startLine, headers })}\n`);
});
socket.bind(target ? 0 : 1900, () => {
  socket.setMulticastInterface(address);
  if (!target) socket.addMembership(GROUP, address);
  else
    socket.send(
      `M-SEARCH * HTTP/1.1\r\nHOST: ${GROUP}:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: ${target}\r\n\r\n`,
      1900,
      GROUP,
    );
  process.stdout.write(`${JSON.stringify({ ready: true })}\n`);
});
