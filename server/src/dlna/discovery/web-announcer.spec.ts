import { ServerIdentity, uuidOf } from './server-identity.js';
import { isHeardOn, webServices } from './web-announcer.js';
import { loadConfig } from '../../config/config.js';
import { Secrets } from '../../config/secrets.js';

const identityOf = (master: number): ServerIdentity =>
  new ServerIdentity(loadConfig({ DLNA_NAME: 'Attic' }, []), new Secrets(Buffer.alloc(32, master)));

test('the web page for browsers and for apps, under one host of its own', () => {
  const [http, hearth, ...others] = webServices(identityOf(1), 8096);
  expect(others).toEqual([]);
  expect(http).toMatchObject({ name: 'Attic', type: 'http', port: 8096, text: { path: '/' } });
  expect(hearth).toMatchObject({ type: 'hearth', text: { id: identityOf(1).uuid } });
  expect(http?.host).toMatch(/^hearth-[0-9a-f]{8}\.local$/);
  expect(hearth?.host).toBe(http?.host);
});

test.each([
  ['::', true],
  ['0.0.0.0', true],
  ['192.168.1.5', true],
  ['192.168.1.6', false],
  ['127.0.0.1', false],
])('a web server on %s is heard on 192.168.1.5: %s', (host, heard) =>
  expect(isHeardOn(host, '192.168.1.5')).toBe(heard),
);

test('one data directory is one server for ever, another is another', () => {
  expect(identityOf(1).uuid).toBe(identityOf(1).uuid);
  expect(identityOf(1).uuid).not.toBe(identityOf(2).uuid);
  expect(uuidOf(Buffer.alloc(32, 0xff))).toBe('ffffffff-ffff-8fff-bfff-ffffffffffff');
});
