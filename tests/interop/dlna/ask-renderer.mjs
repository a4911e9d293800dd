// One question to a renderer, by nobody's client: node ask-renderer.mjs <control URL> <service type> <action> [name=value …]
// Prints the out-arguments as JSON.
const [url, type, action, ...args] = process.argv.slice(2);
const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const inside = ['InstanceID=0', ...args]
  .map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)])
  .map(([name, value]) => `<${name}>${escape(value)}</${name}>`)
  .join('');
const answer = await fetch(url, {
  method: 'POST',
  headers: { 'Content-Type': 'text/xml; charset="utf-8"', SOAPACTION: `"${type}#${action}"` },
  body: `<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body><u:${action} xmlns:u="${type}">${inside}</u:${action}></s:Body></s:Envelope>`,
});
const found = [...(await answer.text()).matchAll(/<([A-Za-z]+)>([^<]*)<\/\1>/g)];
console.log(JSON.stringify(Object.fromEntries(found.map(([, name, value]) => [name, value]))));
