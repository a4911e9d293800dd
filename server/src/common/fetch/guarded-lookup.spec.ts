import { directEgress } from './egress.js';
import { askable } from './guarded-lookup.js';

const servers = ['192.0.2.53', '192.0.2.54:5353', '2001:db8::53', '[2001:db8::54]:5353'];
const bound = (...localAddresses: string[]): Parameters<typeof askable>[1] => ({
  localAddresses,
  proxy: null,
});

test('name servers are asked only where a socket to them can be bound', () => {
  expect(askable(servers, bound('10.8.0.2'))).toEqual(servers.slice(0, 2));
  expect(askable(servers, bound('fd00::2'))).toEqual(servers.slice(2));
  expect(askable(servers, bound('10.8.0.2', 'fd00::2'))).toEqual(servers);
  expect(askable(servers, directEgress)).toEqual(servers);
  expect(() => askable(servers.slice(2), bound('10.8.0.2'))).toThrow(/No name server can be asked/);
});
