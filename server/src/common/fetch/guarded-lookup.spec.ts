import { directEgress } from './egress.js';
import { askable, askedOnce } from './guarded-lookup.js';

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

test('name servers are asked once for all who wait for the same name, and anew afterwards', async () => {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const resolve = askedOnce((hostname) => {
    asked.push(hostname);
    return new Promise((answer) => answers.push(() => answer([{ address: '192.0.2.1', family: 4 }])));
  });
  const waiting = ['a.test', 'a.test', 'b.test'].map((name) => resolve(name, directEgress));
  const elsewhere = resolve('a.test', bound('10.8.0.2'));
  expect(asked).toEqual(['a.test', 'b.test', 'a.test']);
  for (const answer of answers) answer();
  for (const found of await Promise.all([...waiting, elsewhere])) expect(found).toHaveLength(1);
  void resolve('a.test', directEgress);
  expect(asked).toHaveLength(4);
});
