import { ordeal } from '../testing/mutation.js';
import { XmlError, childOf, escapeAttribute, escapeText, escapeTextStrictly, parseXml } from './xml.js';

const envelope = `<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" s:encodingStyle='http://x/'><!-- <a> -->
<s:Body><u:Browse xmlns:u="urn:b"><ObjectID>0 &amp; &#65;&#x42;</ObjectID><Filter/><X><![CDATA[a<b>&amp;]]> c</X></u:Browse></s:Body>
</s:Envelope>`;

test('names, namespaces, attributes and text are read, whatever the prefixes are', () => {
  const root = parseXml(envelope);
  expect([root.name, root.prefix, root.namespace]).toEqual([
    'Envelope',
    's',
    'http://schemas.xmlsoap.org/soap/envelope/',
  ]);
  expect([...root.attributes]).toEqual([['encodingStyle', 'http://x/']]);
  const call = childOf(childOf(root, 'Body'), 'Browse');
  expect(call?.namespace).toBe('urn:b');
  expect(call?.children.map(({ name, text }) => [name, text])).toEqual([
    ['ObjectID', '0 & AB'],
    ['Filter', ''],
    ['X', 'a<b>&amp; c'],
  ]);
});

test.each([
  ['a byte order mark', '\ufeff<a>x</a>', 'x'],
  ['a stray ampersand', '<a>Tom & Jerry &nbsp; &#0;&#99999999;</a>', 'Tom & Jerry &nbsp; &#99999999;'],
  ['prefixes nobody declared', '<q:a>x</q:a>', 'x'],
  ['rubbish behind the root', '<a>x</a>\0</b> <!DOCTYPE z>', 'x'],
  ['blanks in tags', '<a  b = "1"\n>x</a >', 'x'],
  ['> in an attribute', '<a b="1>2">x</a>', 'x'],
])('%s is put up with', (_, text, expected) => {
  expect(parseXml(text)).toMatchObject({ name: 'a', text: expected });
});

test('bytes are read by their mark, or by what the prolog claims', () => {
  const text = '<a>Tône 日本</a>';
  for (const bytes of [
    Buffer.from(text),
    Buffer.from(`\ufeff${text}`),
    Buffer.from(`\ufeff${text}`, 'utf16le'),
  ])
    expect(parseXml(bytes).text).toBe('Tône 日本');
  const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>Tône</a>', 'latin1');
  expect(parseXml(latin).text).toBe('Tône');
  expect(parseXml(Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0x3c, 0x2f, 0x61, 0x3e])).text).toBe('\ufffd');
});

const bomb = '<!DOCTYPE a [<!ENTITY x "xx"><!ENTITY y "&x;&x;">]><a>&y;</a>';
test.each([
  ['nothing', ''],
  ['no element', 'hello'],
  ['an entity bomb', bomb],
  ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
  ['a document type inside', '<a><!ENTITY b "c"></a>'],
  ['a tag that is not closed', '<a><b></a>'],
  ['tags that cross', '<a><b></a></b>'],
  ['a root that is not closed', '<a>x'],
  ['a tag without end', '<a b="1'],
  ['a comment without end', '<a><!-- </a>'],
  ['an instruction without end', '<?xml <a/>'],
  ['a closing tag alone', '</a>'],
  ['a name that is none', '<1a/>'],
  ["the parser's own name for attributes", '<:@>x</:@>'],
  ['a name that reaches into objects', '<a><__proto__>1</__proto__></a>'],
  ['more depth than allowed', '<a>'.repeat(40) + '</a>'.repeat(40)],
  ['more elements than allowed', `<a>${'<b/>'.repeat(30_000)}</a>`],
  ['more text than allowed', `<a>${' '.repeat(3_000_000)}</a>`],
])('%s is refused', (_, text) => {
  expect(() => parseXml(text)).toThrow(XmlError);
});

test('limits are the caller’s to lower', () => {
  expect(parseXml('<a><b/></a>', { maxDepth: 2, maxNodes: 2, maxLength: 11 }).children).toHaveLength(1);
  for (const limits of [{ maxDepth: 1 }, { maxNodes: 1 }, { maxLength: 10 }])
    expect(() => parseXml('<a><b/></a>', limits)).toThrow(XmlError);
});

test('what is written is XML, whatever is in a title', () => {
  const title = 'a\u0000\u0007\u001b<b> & "c" \'d\'\t\n\r\ud800 \u{1f600} \ufffe';
  expect(escapeText(title)).toBe('a&lt;b&gt; &amp; "c" \'d\'\t\n\r \u{1f600} ');
  expect(escapeAttribute(title)).toBe("a&lt;b&gt; &amp; &quot;c&quot; 'd'&#9;&#10;&#13; \u{1f600} ");
  expect(escapeTextStrictly("it's")).toBe('it&apos;s');
  expect(parseXml(`<a b="${escapeAttribute(title)}">${escapeText(title)}</a>`)).toMatchObject({
    attributes: new Map([['b', 'a<b> & "c" \'d\'\t\n\r \u{1f600} ']]),
    text: 'a<b> & "c" \'d\'\t\n\n \u{1f600} ',
  });
});

test('time is linear in what is sent', () => {
  const hostile = ['<a ', '<a b="', '<!--', '<![CDATA[', '<?', '</', '&', '&#', '<a', '"', "='", ' '];
  for (const piece of hostile) {
    const began = performance.now();
    for (const text of [
      piece.repeat(100_000),
      `<a>${piece.repeat(100_000)}</a>`,
      `<a ${piece.repeat(100_000)}></a>`,
    ])
      expect(() => {
        try {
          parseXml(text);
        } catch (error) {
          if (!(error instanceof XmlError)) throw error;
        }
      }).not.toThrow();
    // Quadratic work on 100 000 pieces is minutes.
    expect([piece, performance.now() - began < 5000]).toEqual([piece, true]);
  }
});

test('20 000 mutants: read or refused', () => {
  const pieces = [
    '<',
    '>',
    '&',
    '"',
    "'",
    '/',
    '<a>',
    '</a>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?',
    '<!DOCTYPE',
    '\0',
    ':',
    '=',
  ];
  const result = ordeal(parseXml, {
    texts: [envelope, '<a b="1" c=\'2\'><d/>x<e>y</e></a>'],
    pieces,
    own: [XmlError],
  });
  expect(result).toMatchObject({ faults: [], slow: [] });
  expect(result.read).toBeGreaterThan(1000);
});
