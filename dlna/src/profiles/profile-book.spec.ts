import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, readdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HandClock } from '../testing/hand-clock.js';
import { loadProfiles } from './profile-book.js';
import { bundledProfiles } from './profile-files.js';

const HOUR = 3_600_000;
const bundled = loadProfiles([bundledProfiles]);

test('every bundled file is usable, says where it is from, and is one of its family', () => {
  expect(bundled.faults).toEqual([]);
  expect(bundled.all).toHaveLength(
    readdirSync(bundledProfiles).filter((name) => name.endsWith('.json')).length,
  );
  expect(bundled.all.length).toBeGreaterThanOrEqual(40);
  for (const profile of bundled.all) expect(profile.source.length).toBeGreaterThan(10);
});

/** What devices say, as other projects' profiles and our measurements have it, and who they are. */
test.each([
  ['SEC_HHP_[TV]UE46D8000/1.0 DLNADOC/1.50', 'samsung-cd'],
  ['SEC_HHP_[TV] UE40ES6300/1.0 UPnP/1.0', 'samsung-tv'],
  ['DLNADOC/1.50 SEC_HHP_[TV] UE48JU6400/1.0 UPnP/1.0', 'samsung-jkm'],
  ['DLNADOC/1.50 SEC_HHP_[TV] Samsung Q7 Series (49)/1.0 UPnP/1.0', 'samsung-2018'],
  ['DLNADOC/1.50 SEC_HHP_[TV] Samsung 8 Series (55)/1.0 UPnP/1.0', 'samsung-2018'],
  ['SEC_HHP_[TV] QE55Q60AAU/1.0 UPnP/1.0', 'samsung-2019'],
  ['SEC_HHP_[TV] Samsung S90CA (55)/1.0', 'samsung-oled'],
  ['SEC_HHP_BD-D5500/1.0', 'samsung-bd'],
  ['SEC_HHP_[PC]LPC001/1.0 MS-DeviceCaps/1024', 'samsung-allshare'],
  ['Linux/2.6.31-1.0 UPnP/1.0 DLNADOC/1.50 LGE_DLNA_SDK/1.6.0', 'lg-netcast'],
  ['UPnP/1.0 DLNADOC/1.50 LGE_DLNA_SDK/1.6.0/1.1 [TV][LG]42LM660S-ZA/04.10.00', 'lg-lm660'],
  ['LG WebOSTV/1.0', 'lg-webos'],
  ['[LG] webOS TV OLED55C1/DLNADOC/1.50', 'lg-oled-2020'],
  ['LG webOS TV OLED65C3/DLNADOC/1.50', 'lg-2023'],
  ['PLAYSTATION 3', 'playstation-3'],
  ['Mozilla/5.0 (PlayStation 4 11.00)', 'playstation-4'],
  ['Xbox/2.0.4548.0 UPnP/1.0 Xbox/2.0.4548.0', 'xbox-360'],
  ['NSPlayer/12.00.9600.16411 WMFSDK/12.00', 'xbox-one'],
  ['Microsoft-Windows/10.0 UPnP/1.0 Microsoft-DLNA DLNADOC/1.50', 'windows-media-player'],
  ['Panasonic MIL DLNA CP/1.0 UPnP/1.0 DLNADOC/1.50', 'panasonic-viera'],
  ['Panasonic MIL DLNA CP UPnP/1.0 DLNADOC/1.00', 'panasonic-recorder'],
  ['Linux/3.10 UPnP/1.0 DLNADOC/1.50 55PUS7303', 'philips'],
  ['PhilipsIntelSDK/1.4 DLNADOC/1.50', 'philips'],
  ['Linux/6.1, UPnP/1.0, Portable SDK for UPnP devices/1.8.4', 'vlc'],
  ['VLC/3.0.24 LibVLC/3.0.24', 'vlc'],
  ['UPnP/1.0 DLNADOC/1.50 Platinum/1.0.5.13', 'kodi'],
  ['Kodi/20.1 (Linux; aarch64) Version/20.1', 'kodi'],
  ['BubbleUPnP UPnP/1.1', 'bubbleupnp'],
  ['KnOS/3.2 UPnP/1.0 DMP/3.5', 'yamaha'],
  ['bridgeCo-DMP/3', 'denon-marantz'],
  ['Allegro-Software-WebClient/5.40b1 DLNADOC/1.50', 'bose'],
  ['fbxupnpav/1.0', 'freebox'],
  ['FSL DLNADOC/1.50 UPnP Stack', 'radio'],
  ['Roku/5000X/9.4', 'roku'],
  ['INTEL_NMPR/2.1 DLNADOC/1.50 alphanetworks', 'wdtv'],
  ['DLNADOC/1.50 SHARP-AQUOS-DMP/1.1W', 'sharp-aquos'],
  ['IPI/1.0 UPnP/1.0 DLNADOC/1.50', 'vizio'],
  ['Linux/2.6 UPnP/1.0 Intel_SDK_for_UPnP_devices/1.2', 'toshiba'],
  ['curl/8.0', 'generic'],
  ['', 'generic'],
])('%s', (userAgent, id) => {
  expect(bundled.match({ userAgent }).id).toBe(id);
});

test.each([
  ['av=5.0; cn="Sony Corporation"; mn="BRAVIA KDL-40W605B"; mv="1.7";', 'sony-bravia'],
  ['av=5.0; cn="Sony Corporation"; mn="BRAVIA KD-55XH9005"; mv="3.0";', 'sony-bravia-android'],
  ['av=5.0; cn="Sony Corporation"; mn="XR-65A80J"; mv="3.0"; BRAVIA', 'sony-bravia-android'],
  ['av=5.0; cn="Sony Corporation"; mn="Blu-ray Disc Player"; mv="2.0"', 'sony-bd'],
  ['av=5.0; cn="Sony Computer Entertainment Inc."; mn="PLAYSTATION 3"; mv="1.0";', 'playstation-3'],
])('X-AV-Client-Info %s', (clientInfo, id) => {
  expect(bundled.match({ clientInfo, userAgent: 'UPnP/1.0 DLNADOC/1.50' }).id).toBe(id);
});

test('renderers are known by their description', () => {
  expect(bundled.match({ manufacturer: 'Panasonic', modelName: 'Panasonic VIErA' }).id).toBe(
    'panasonic-viera',
  );
  expect(bundled.match({ manufacturer: 'XBMC Foundation', modelName: 'Kodi' }).id).toBe('kodi');
});

describe('one address with several names', () => {
  const libupnp = 'Linux/6.1, UPnP/1.0, Portable SDK for UPnP devices/1.8.4';
  const told = (address: string, ...agents: string[]): string[] => {
    const clock = new HandClock();
    const book = loadProfiles([bundledProfiles], clock);
    return agents.map((userAgent) => book.match({ address, userAgent }).id);
  };

  test('a name that tells nothing does not make it forgotten', () => {
    expect(told('10.0.0.7', 'LG WebOSTV/1.0', 'Lavf/58.12')).toEqual(['lg-webos', 'lg-webos']);
    expect(told('10.0.0.7', 'SEC_HHP_[TV] QE55Q60AAU/1.0', 'SEC_HHP_[TV] x/1.0')).toEqual([
      'samsung-2019',
      'samsung-2019',
    ]);
    expect(told('10.0.0.7', 'LG WebOSTV/1.0', libupnp)).toEqual(['lg-webos', 'lg-webos']);
  });

  test('what it says better counts at once', () => {
    expect(told('10.0.0.7', 'x', libupnp, 'LG webOS TV OLED65C3')).toEqual(['generic', 'vlc', 'lg-2023']);
  });

  test('two players on one computer are two', () => {
    const kodi = 'Kodi/20.1 (Linux)';
    expect(told('10.0.0.7', kodi, 'VLC/3.0.24 LibVLC', kodi)).toEqual(['kodi', 'vlc', 'kodi']);
  });

  test('for an hour, and at that address only', async () => {
    const clock = new HandClock();
    const book = loadProfiles([bundledProfiles], clock);
    book.match({ address: '10.0.0.7', userAgent: 'PLAYSTATION 3' });
    await clock.pass(HOUR - 1);
    expect(book.match({ address: '10.0.0.7', userAgent: '' }).id).toBe('playstation-3');
    expect(book.match({ address: '10.0.0.8', userAgent: '' }).id).toBe('generic');
    await clock.pass(2);
    expect(book.match({ address: '10.0.0.7', userAgent: '' }).id).toBe('generic');
  });
});

describe("a household's own", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hearth-profiles-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const write = (name: string, content: unknown): void =>
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  const own = { name: 'Attic', source: 'measured in the attic', match: [{ userAgent: 'Attic' }] };

  test('lie over those of the same name, and over generic', () => {
    write('attic.json', { ...own, plays: { maxHeight: 576, containers: { avi: { video: [], audio: [] } } } });
    write('vlc.json', { flags: 'none' });
    const book = loadProfiles([bundledProfiles, folder]);
    expect(book.faults).toEqual([]);
    const attic = book.match({ userAgent: 'Attic TV' });
    expect(attic.plays).toMatchObject({ maxHeight: 576, maxAudioChannels: 8 });
    expect(Object.keys(attic.plays.containers)).toEqual(['avi']);
    expect(book.byId('vlc')).toMatchObject({ name: 'VLC', flags: 'none', art: 'med' });
  });

  test('that are faulty are named, field by field, and left out', () => {
    write('a.json', '{ "name": ');
    write('b.json', { ...own, flag: 'none', art: 'huge', didl: { date: 'no' } });
    write('c.json', { ...own, match: [{ userAgent: '(' }], source: undefined });
    write('d.json', { ...own, extends: 'nobody' });
    write('e.json', { ...own, extends: 'f' });
    write('f.json', { ...own, extends: 'e' });
    const { faults, all } = loadProfiles([bundledProfiles, folder]);
    const of = (name: string): string =>
      faults.find(({ file }) => file === join(folder, name))?.message ?? '';
    expect(of('a.json')).toMatch(/JSON/);
    expect(of('b.json')).toBe(
      'flag: no such field; didl.date: true or false expected, not "no"; art: one of tn, sm, med expected, not "huge"',
    );
    expect(of('c.json')).toMatch(/^source: .*match\[0\].userAgent: Invalid regular expression/);
    expect(of('d.json')).toMatch('there is no profile "nobody"');
    expect(of('e.json')).toMatch('stands on itself');
    expect(all).toHaveLength(bundled.all.length);
  });

  test('are read again when they change', async () => {
    const clock = new HandClock();
    const book = loadProfiles([bundledProfiles, folder], clock);
    expect(book.reload()).toBe(false);
    write('attic.json', own);
    expect(book.match({ userAgent: 'Attic' }).id).toBe('generic');
    await clock.pass(5000);
    expect(book.match({ userAgent: 'Attic' }).id).toBe('attic');
    rmSync(join(folder, 'attic.json'));
    expect(book.reload()).toBe(true);
    expect(book.byId('attic')).toBeUndefined();
    write('generic.json', '[]');
    utimesSync(join(folder, 'generic.json'), 1, 1);
    expect(book.reload()).toBe(true);
    expect(book.generic.id).toBe('generic');
    expect(book.faults[0]?.message).toBe('not a JSON object');
  });

  test('that are spoilt while it runs are told of, and no more once they are mended', async () => {
    const clock = new HandClock();
    const told: string[][] = [];
    const book = loadProfiles([bundledProfiles, folder], clock, (faults) =>
      told.push(faults.map(({ file }) => file.slice(folder.length + 1))),
    );
    write('attic.json', '{');
    expect(book.faults).toEqual([]);
    await clock.pass(5000);
    expect(book.faults.map(({ message }) => message)).toEqual([expect.stringMatching(/JSON/)]);
    write('attic.json', own);
    await clock.pass(5000);
    expect(book.faults).toEqual([]);
    expect(told).toEqual([[], ['attic.json'], []]);
  });

  test('may be anything but files, or far too large: everybody else is recognised all the same', () => {
    symlinkSync('circle.json', join(folder, 'circle.json'));
    symlinkSync('/dev/zero', join(folder, 'endless.json'));
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    mkdirSync(join(folder, 'folder.json'));
    write('huge.json', '['.repeat(300_000));
    write('attic.json', own);
    const book = loadProfiles([bundledProfiles, folder]);
    expect(book.match({ userAgent: 'Attic' }).id).toBe('attic');
    expect(book.reload()).toBe(false);
    expect(book.faults.map(({ file, message }) => [file.slice(folder.length + 1), message])).toEqual([
      ['circle.json', expect.stringContaining('ELOOP')],
      ['endless.json', 'not a file'],
      ['folder.json', 'not a file'],
      ['huge.json', 'larger than 262144 bytes'],
      ['pipe.json', 'not a file'],
    ]);
  });

  test('may not hold up the server with a pattern that takes for ever', () => {
    write('slow.json', { ...own, match: [{ userAgent: '^(a+)+$' }] });
    const book = loadProfiles([bundledProfiles, folder]);
    expect(book.faults[0]?.message).toMatch(/^match\[0\].userAgent: a repeated group/);
    expect(book.match({ userAgent: `${'a'.repeat(100)}!` }).id).toBe('generic');
  });

  test('without a generic profile nothing starts', () => {
    mkdirSync(join(folder, 'x'));
    expect(() => loadProfiles([join(folder, 'x')])).toThrow('No usable generic.json');
  });
});
