import { SNIFF_BYTES, sniff } from './sniff.js';

const latin = (text: string): Uint8Array => Buffer.from(text.padEnd(64, '\0'), 'latin1');
const at = (offset: number, text: string): Uint8Array => {
  const bytes = Buffer.alloc(Math.max(offset + text.length, 512));
  bytes.write(text, offset, 'latin1');
  return bytes;
};
const packets = (length: number, offset = 0): Uint8Array => {
  const bytes = Buffer.alloc(length * 6 + offset, 0x11);
  for (let index = 0; index < 6; index++) bytes[offset + index * length] = 0x47;
  return bytes;
};

const media: [what: string, head: Uint8Array, type: string, kind: string][] = [
  ['Matroska', latin('\x1a\x45\xdf\xa3\x01\0\0\0'), 'matroska', 'video'],
  ['MP4', latin('\0\0\0\x20ftypisom'), 'mp4', 'video'],
  ['M4A', latin('\0\0\0\x20ftypM4A '), 'mp4', 'audio'],
  ['QuickTime', latin('\0\0\0\x14ftypqt  '), 'mov', 'video'],
  ['old QuickTime', latin('\0\0\0\x08wide\0\0\0\0'), 'mov', 'video'],
  ['MP4 with the index behind', latin('\0\0\0\x01mdat\0\0\0\0'), 'mov', 'video'],
  ['AVIF', latin('\0\0\0\x20ftypavif'), 'avif', 'image'],
  ['AVI', latin('RIFF\x10\0\0\0AVI LIST'), 'avi', 'video'],
  ['WAV', latin('RIFF\x10\0\0\0WAVEfmt '), 'wav', 'audio'],
  ['ASF', latin('\x30\x26\xb2\x75\x8e\x66\xcf\x11\xa6\xd9\0\xaa\0\x62\xce\x6c'), 'asf', 'video'],
  ['transport stream', packets(188), 'mpeg-ts', 'video'],
  ['Blu-ray’s transport stream', packets(192, 4), 'mpeg-ts', 'video'],
  ['a transport stream that begins like a program', (() => { const p = Buffer.from(packets(192, 4)); p.write('MZ', 0, 'latin1'); return p; })(), 'mpeg-ts', 'video'],
  ['program stream', latin('\0\0\x01\xba\x44'), 'mpeg-ps', 'video'],
  ['FLV', latin('FLV\x01\x05'), 'flv', 'video'],
  ['Ogg with Theora', latin(`OggS\0\x02${'\0'.repeat(22)}\x80theora`), 'ogg', 'video'],
  ['Ogg with Opus', latin(`OggS\0\x02${'\0'.repeat(22)}OpusHead`), 'ogg', 'audio'],
  ['MP3 with tags', latin('ID3\x03\0'), 'id3', 'audio'],
  ['MP3', latin('\xff\xfb\x90\x64'), 'mpeg-audio', 'audio'],
  ['AAC', latin('\xff\xf1\x50\x80'), 'adts', 'audio'],
  ['FLAC', latin('fLaC\0\0\0\x22'), 'flac', 'audio'],
  ['AC-3', latin('\x0b\x77\x12\x34'), 'ac3', 'audio'],
]; // prettier-ignore
test.each(media)('%s is played', (_what, head, type, kind) => {
  for (const name of ['film.mkv', 'tune.mp3']) {
    const found = sniff(head, { name, size: 1e9 });
    expect(found).toMatchObject({ type, kind });
    if (kind !== 'image') expect(found).toEqual({ type, kind, warnings: [] });
  }
});

const programs: [what: string, head: Uint8Array, type: string][] = [
  ['Windows', latin('MZ\x90\0\x03'), 'pe'],
  ['Linux', latin('\x7fELF\x02\x01\x01'), 'elf'],
  ['macOS', latin('\xcf\xfa\xed\xfe\x07\0\0\x01'), 'mach-o'],
  ['macOS for two processors, or Java', latin('\xca\xfe\xba\xbe\0\0\0\x02'), 'mach-o'],
  ['a shell', latin('#!/bin/sh\necho'), 'script'],
  ['a shell, with a byte order mark', latin('\xef\xbb\xbf#!/bin/sh'), 'script'],
  ['Android', latin('dex\n035\0'), 'dex'],
  ['a shortcut', latin('L\0\0\0\x01\x14\x02\0'), 'lnk'],
  ['Flash', latin('CWS\x0a'), 'swf'],
];
test.each(programs)('a program for %s is refused', (_what, head, type) => {
  expect(sniff(head, { name: 'film.mkv', size: 1e9 })).toEqual({
    type,
    kind: 'executable',
    refusal: 'executable',
    warnings: ['executable', 'content-mismatch'],
  });
  expect(sniff(head, { name: 'setup.bin', size: 1 })).toMatchObject({
    refusal: 'executable',
    warnings: ['executable'],
  });
});

const archives: [head: Uint8Array, type: string][] = [
  [latin('PK\x03\x04\x14'), 'zip'],
  [latin('Rar!\x1a\x07\x01\0'), 'rar'],
  [latin('7z\xbc\xaf\x27\x1c'), '7z'],
  [latin('\x1f\x8b\x08\0'), 'gzip'],
  [latin('BZh91AY&SY'), 'bzip2'],
  [latin('\xfd7zXZ\0'), 'xz'],
  [latin('MSCF\0\0\0\0'), 'cab'],
  [latin('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'ole'],
  [at(257, 'ustar'), 'tar'],
  [at(0x8001, 'CD001'), 'iso'],
  [at(7, '**ACE**'), 'ace'],
];
test.each(archives)('%#: an archive posing as a film is refused', (head, type) => {
  expect(head.length).toBeLessThanOrEqual(SNIFF_BYTES);
  expect(sniff(head, { name: 'film.mp4', size: 1e9 })).toEqual({
    type,
    kind: 'archive',
    refusal: 'archive',
    warnings: ['archive', 'content-mismatch'],
  });
});

const pages: [head: Uint8Array, type: string][] = [
  [latin('<!DOCTYPE html><html>'), 'html'],
  [latin('\xef\xbb\xbf \r\n<!-- film --><HTML>'), 'html'],
  [latin('<?xml version="1.0"?>\n<html xmlns='), 'html'],
  [latin('<script>location="http://x"'), 'html'],
  [Buffer.from('\ufeff<html>                              ', 'utf16le'), 'html'],
  [latin('<svg onload=x>'), 'svg'],
  [latin('<ASX version="3">'), 'asx'],
  [latin('#EXTM3U\nhttp://x'), 'playlist'],
  [latin('%PDF-1.7'), 'pdf'],
  [latin('[InternetShortcut]\nURL='), 'shortcut'],
  [latin('d8:announce'), 'torrent'],
];
test.each(pages)('%#: a page posing as a medium is refused', (head, type) => {
  for (const name of ['film.mkv', 'tune.flac', 'film.srt', 'poster.png']) {
    expect(sniff(head, { name, size: 1e6 })).toEqual({
      type,
      kind: 'page',
      refusal: 'content-mismatch',
      warnings: ['content-mismatch'],
    });
  }
  expect(sniff(head, { name: 'about.html', size: 1e6 })).toEqual({ type, kind: 'page', warnings: [] });
});

test('a picture is no film, a film under another ending is one', () => {
  expect(sniff(latin('\xff\xd8\xff\xe0'), { name: 'film.mkv', size: 1e9 }).refusal).toBe('content-mismatch');
  expect(sniff(latin('\xff\xd8\xff\xe0'), { name: 'poster.png', size: 1e5 }).refusal).toBeUndefined();
  expect(sniff(latin('\x1a\x45\xdf\xa3'), { name: 'film.avi', size: 1e9 }).refusal).toBeUndefined();
});

const guid = {
  header: '3026b2758e66cf11a6d900aa0062ce6c',
  properties: 'a1dcab8c47a9cf118ee400c00c205365',
  scripts: '301afb1e620bd011a39b00a0c90348f6',
  encryption: 'fbb3112223bdd211b4b700a0c955fc6e',
};
const asf = (...objects: [guid: string, body: Uint8Array][]): Uint8Array => {
  const encode = ([id, body]: [string, Uint8Array]): Buffer => {
    const size = Buffer.alloc(8);
    size.writeBigUInt64LE(BigInt(24 + body.length));
    return Buffer.concat([Buffer.from(id, 'hex'), size, body]);
  };
  const inside = Buffer.concat(objects.map(encode));
  return encode([guid.header, Buffer.concat([Buffer.from([objects.length, 0, 0, 0, 1, 2]), inside])]);
};
const commands = (text: string): Uint8Array =>
  Buffer.concat([Buffer.alloc(20), Buffer.from(text, 'utf16le')]);

test('Windows Media that opens addresses is refused, and such that shows captions is not', () => {
  const plain: [string, Uint8Array] = [guid.properties, Buffer.alloc(80)];
  const claimed = { name: 'film.wmv', size: 1e9 };
  const trap = { type: 'asf', kind: 'video', refusal: 'fake-codec', warnings: ['fake-codec'] };
  expect(sniff(asf(plain, [guid.scripts, commands('URLANDEXIT http://codec.example')]), claimed)).toEqual(
    trap,
  );
  expect(sniff(asf(plain, [guid.encryption, Buffer.alloc(40)]), claimed)).toEqual(trap);
  expect(sniff(asf(plain, [guid.scripts, commands('CAPTION hello')]), claimed).refusal).toBeUndefined();
  expect(sniff(asf(plain), claimed).refusal).toBeUndefined();
});

test('an object that says it is endless or nothing does not trap the reader', () => {
  const head = Buffer.from(asf([guid.properties, Buffer.alloc(80)]));
  for (const size of [0n, 1n, 2n ** 63n, 2n ** 64n - 1n]) {
    head.writeBigUInt64LE(size, 46);
    expect(sniff(head, { name: 'a.wmv', size: 1 }).type).toBe('asf');
  }
});

test('what nobody knows is let through, and a short beginning says nothing', () => {
  expect(sniff(new Uint8Array(), { name: 'film.mkv', size: 1 })).toEqual({
    type: null,
    kind: null,
    warnings: [],
  });
  expect(sniff(Buffer.from('M'), { name: 'film.mkv', size: 1 }).kind).toBeNull();
  expect(sniff(latin('1\n00:00:01,000 --> 00:00:02,000'), { name: 'a.srt', size: 1 }).kind).toBeNull();
  expect(sniff(new Uint8Array(4096), { name: 'film.mkv', size: 1 }).kind).toBeNull();
});
