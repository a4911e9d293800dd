/*
 * Asks the page that plays a film marked `#peers` for its bytes, so that they can come from other browsers. It keeps
 * nothing; what the page does not answer goes to the server as if this were not here. Registered only for those who
 * chose it (app/player/peers/).
 */
const patienceMs = 2000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('fetch', (event) => {
  if (event.request.url.endsWith('#peers')) event.respondWith(answer(event));
});

async function answer({ request, clientId }) {
  const page = await self.clients.get(clientId);
  const given = page && (await ask(page, request));
  return given ? new self.Response(given.body, given.init) : fetch(request);
}

function ask(page, request) {
  return new Promise((resolve) => {
    const { port1, port2 } = new self.MessageChannel();
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      resolve(null);
    }, patienceMs);
    port1.onmessage = ({ data }) => {
      clearTimeout(timer);
      port1.close();
      if (isLate) void data?.body.cancel();
      else resolve(data);
    };
    page.postMessage({ film: request.url, range: request.headers.get('Range') }, [port2]);
  });
}
