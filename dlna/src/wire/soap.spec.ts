import { golden } from '../testing/golden.js';
import { ordeal } from '../testing/mutation.js';
import { readSoapReply, readSoapRequest, writeSoapFault, writeSoapReply, writeSoapRequest } from './soap.js';
import { UpnpFault } from './upnp-fault.js';

const cds = 'urn:schemas-upnp-org:service:ContentDirectory:1';
const browse = [
  ['ObjectID', '0'],
  ['BrowseFlag', 'BrowseMetadata'],
  ['Filter', '*'],
] as const;
const request = writeSoapRequest(cds, 'Browse', browse);

const faultOf = (act: () => unknown): [number, string] | undefined => {
  try {
    act();
  } catch (error) {
    if (error instanceof UpnpFault) return [error.code, error.description];
    throw error;
  }
  return undefined;
};

test('a fault is to the byte what minidlna sends', () => {
  expect(writeSoapFault(701, 'No such object error')).toBe(golden('minidlna/fault.xml'));
});

test('a reply is to the byte what minidlna sends, but for its line breaks between arguments', () => {
  const captured = golden('minidlna/browse-reply.xml');
  const args = [...readSoapReply(captured)];
  expect(args.map(([name]) => name)).toEqual(['Result', 'NumberReturned', 'TotalMatches', 'UpdateID']);
  const unbroken = captured.replaceAll('>\n<', '><');
  expect(writeSoapReply(cds, 'Browse', args)).toBe(unbroken);
});

test('a call is read back', () => {
  expect(readSoapRequest(Buffer.from(request))).toEqual({
    service: cds,
    action: 'Browse',
    args: new Map(browse),
  });
});

test.each([
  [
    'another prefix',
    '<soap:Envelope xmlns:soap="x"><soap:Body><m:Browse xmlns:m="urn:c"><ObjectID>0</ObjectID></m:Browse></soap:Body></soap:Envelope>',
    'urn:c',
    '0',
  ],
  [
    'no prefix',
    '<Envelope><Body><Browse xmlns="urn:c"><ObjectID>0</ObjectID></Browse></Body></Envelope>',
    'urn:c',
    '0',
  ],
  [
    'no namespace at all',
    '<s:Envelope><s:Body><u:Browse><ObjectID>0</ObjectID></u:Browse></s:Body></s:Envelope>',
    '',
    '0',
  ],
  [
    'an argument that closes itself',
    '<s:Envelope><s:Body><Browse><ObjectID/></Browse></s:Body></s:Envelope>',
    '',
    '',
  ],
  [
    'blanks everywhere',
    '\ufeff \n<s:Envelope>\n <s:Header/>\n<s:Body >\n <Browse>\n<ObjectID>\n 0 </ObjectID>\n</Browse></s:Body></s:Envelope>\0',
    '',
    '0',
  ],
])('%s: understood', (_, body, service, id) => {
  expect(readSoapRequest(body)).toEqual({ service, action: 'Browse', args: new Map([['ObjectID', id]]) });
});

test.each([
  ['nothing', ''],
  ['no XML', 'ObjectID=0'],
  ['half a body', request.slice(0, 250)],
  ['no envelope', '<a><Body><Browse/></Body></a>'],
  ['no body', '<s:Envelope/>'],
  ['no action', '<s:Envelope><s:Body/></s:Envelope>'],
  ['a fault', writeSoapFault(501, 'x')],
  ['a document type', `<!DOCTYPE a>${request}`],
  ['a thousand arguments', `<Envelope><Body><B>${'<a/>'.repeat(1000)}</B></Body></Envelope>`],
])('%s: no such action', (_, body) => {
  expect(faultOf(() => readSoapRequest(body))).toEqual([401, 'Invalid Action']);
});

test('a title outlives the way there and back', () => {
  const title = 'Tône & <日本> "x" \u{1f600}';
  expect(readSoapReply(writeSoapReply(cds, 'Browse', [['Result', `<a>${title}</a>`]])).get('Result')).toBe(
    `<a>${title}</a>`,
  );
});

const bare = (inside: string): string =>
  `<s:Envelope><s:Body><s:Fault>${inside}</s:Fault></s:Body></s:Envelope>`;
test.each([
  ['as the standard has it', writeSoapFault(718, 'Invalid InstanceID'), 718, 'Invalid InstanceID'],
  [
    'without a description',
    bare('<detail><UPnPError><errorCode>701</errorCode></UPnPError></detail>'),
    701,
    '',
  ],
  ['outside detail', bare('<faultstring>f</faultstring><e:errorCode>705</e:errorCode>'), 705, 'f'],
  ['without a code', bare('<faultstring>Bad</faultstring>'), 501, 'Bad'],
  ['with a code that is none', bare('<detail><errorCode>abc</errorCode></detail>'), 501, ''],
  ['empty', '', 501, 'the reply is no SOAP'],
  ['a web page', '<!DOCTYPE html><html><body>404</body></html>', 501, 'the reply is no SOAP'],
])('a device’s fault, %s, is one', (_, body, code, description) => {
  expect(faultOf(() => readSoapReply(body))).toEqual([code, description]);
});

test('20 000 mutants of calls and replies: read, or a fault', () => {
  const texts = [request, golden('minidlna/fault.xml'), writeSoapReply(cds, 'Browse', [['Result', '<a/>']])];
  const pieces = [
    '<',
    '>',
    '&lt;',
    '</s:Body>',
    '<s:Body>',
    'Fault',
    ' xmlns="',
    '"',
    '\0',
    '<!DOCTYPE a>',
    '<![CDATA[',
  ];
  for (const read of [readSoapRequest, readSoapReply]) {
    const result = ordeal(read, { texts, pieces, own: [UpnpFault] });
    expect(result).toMatchObject({ faults: [], slow: [] });
    expect(result.read).toBeGreaterThan(500);
  }
});
