import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { guardedFetch } from './guarded-fetch.js';

/** For `tracker.example.org` only, made for this test; nobody else trusts it. */
const certificate = `-----BEGIN CERTIFICATE-----\nMIIBsjCCAVmgAwIBAgIUDLaZt4o/uw4xmVbm8curGHQL2I0wCgYIKoZIzj0EAwIwHjEcMBoGA1UEAwwTdHJhY2tlci5leGFtcGxlLm9yZzAgFw0yNjExMjExMjM5MTNaGA8yMTI2MTAyODEyMzkxM1owHjEcMBoGA1UEAwwTdHJhY2tlci5leGFtcGxlLm9yZzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDPtcSI6f/Mj+RAoIb26abnzuqN8FH+jeojpwvkR1ctdRYFhNSIni58yR+aMJOuuXDDHJD0hnsst47uIzcq5nAGjczBxMB0GA1UdDgQWBBRIOEaoH/LGfZLQmOuDeN9V4Xkc8zAfBgNVHSMEGDAWgBRIOEaoH/LGfZLQmOuDeN9V4Xkc8zAPBgNVHRMBAf8EBTADAQH/MB4GA1UdEQQXMBWCE3RyYWNrZXIuZXhhbXBsZS5vcmcwCgYIKoZIzj0EAwIDRwAwRAIgAQWeHTWAIoqKBhxjV/9RKVW4+pStfM2NvmkbRc4Q6UsCIH8WwQQSSrBiJx0PvoJonTTcmmZs32aYnpETIjmWljQD\n-----END CERTIFICATE-----`;
const key = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    x: 'M-1xIjp_8yP5ECghvbppufO6o3wUf6N6iOnC-RHVy10',
    y: 'RYFhNSIni58yR-aMJOuuXDDHJD0hnsst47uIzcq5nAE',
    crv: 'P-256',
    d: 'DxX-QGKbsIMRLdcfftT-pnYSAlnnir2UxHjrG5bA17s',
  },
});

let server: Server;
let port: number;
let asked: (string | undefined)[];
const before = getCACertificates('default');

beforeAll(async () => {
  server = createServer(
    {
      cert: certificate,
      key: key.export({ type: 'pkcs8', format: 'pem' }),
      SNICallback: (name, callback) => {
        asked.push(name);
        callback(null);
      },
    },
    (request, response) => response.end(request.headers.host),
  );
  server.on('tlsClientError', () => undefined);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});

beforeEach(() => (asked = []));

afterAll(async () => {
  setDefaultCACertificates(before);
  server.close();
  await once(server, 'close');
});

const fetched = (host: string) =>
  guardedFetch(`https://${host}:${port}/`, {
    ...{ maxBytes: 1000, timeoutMs: 60_000, allowPrivateHosts: ['*'] },
    resolve: () => Promise.resolve([{ address: '127.0.0.1', family: 4 }]),
  });

test('a certificate that nobody vouches for is refused, though the name was asked for', async () => {
  await expect(fetched('tracker.example.org')).rejects.toMatchObject({ reason: 'unreachable' });
  expect(asked).toEqual(['tracker.example.org']);
});

test('the name is what the certificate is checked against, the address what is connected to', async () => {
  setDefaultCACertificates([...before, certificate]);
  const { body } = await fetched('tracker.example.org');
  expect(Buffer.from(body).toString()).toBe(`tracker.example.org:${port}`);
  await expect(fetched('other.example.org')).rejects.toMatchObject({ reason: 'unreachable' });
});
