/** `mdns-query.mjs <own address> <name>`: asks for PTR records and prints every record that comes within a second, as JSON. */
import mdns from 'multicast-dns';

const [address = '', name = ''] = process.argv.slice(2);
const resolver = mdns({ interface: address, bind: '0.0.0.0' });
resolver.on('response', ({ answers, additionals }, from) => {
  for (const { name, type, data } of [...answers, ...additionals])
    process.stdout.write(`${JSON.stringify({ from: from.address, name, type, data })}\n`);
});
resolver.on('ready', () => resolver.query(name, 'PTR'));
setTimeout(() => resolver.destroy(), 1000);
