import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { whyNoLan } from '../../support/lan.js';
import type { MediaFolder } from '../../support/media.js';
import { addHousehold } from './household.js';
import { LanHearth } from './lan-hearth.js';

const PYTHON = '/usr/bin/python3';
const PERL_WALK = join(import.meta.dirname, 'net-upnp-walk.pl');

interface Resource {
  readonly protocolInfo: string;
  readonly uri: string;
  readonly size: number;
  readonly duration: number;
}

interface Line {
  readonly server?: string;
  readonly container?: string;
  readonly item?: string;
  readonly parent?: string;
  readonly under?: string;
  readonly title?: string;
  readonly upnpClass?: string;
  readonly childCount?: number;
  readonly art?: string | null;
  readonly resources?: readonly Resource[];
  readonly walked?: string;
  readonly returned?: number;
  readonly total?: number;
  readonly event?: string;
  readonly error?: string;
  readonly done?: boolean;
}

const jsonLines = <T>(text: string): T[] =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

const TITLES = ['Salt & Pepper', 'Zwölf Ähren', "It's <Old>", '日本 & <b>'];
const missing = whyNoLan();
if (missing) process.stderr.write(`Walks of the DLNA tree are left out: ${missing}\n`);

(missing ? describe.skip : describe)(
  `others walk the whole tree${missing ? ` (left out: ${missing})` : ''}`,
  () => {
    let home: LanHearth;
    let folder: MediaFolder;
    let lines: Line[];
    let warnings: string;

    beforeAll(async () => {
      home = await LanHearth.start({ hearth: { eth0: '10.77.0.1' }, east: { eth0: '10.77.0.2' } });
      folder = await addHousehold(await home.hearth.setUp());
      const walk = join(import.meta.dirname, 'gupnp-walk.py');
      const { stdout, stderr } = await home.host('east').run(PYTHON, [walk, 'eth0'], { timeoutMs: 150_000 });
      warnings = stderr;
      lines = jsonLines<Line>(stdout);
    }, 300_000);
    afterAll(async () => {
      await home.dispose();
      await folder.remove();
    });

    const items = (): Line[] => lines.filter(({ item }) => item !== undefined);
    const containers = (): Line[] => lines.filter(({ container }) => container !== undefined);

    describe('GUPnP', () => {
      test('without a word of its parser, to the end', () => {
        expect(warnings).toBe('');
        expect(lines.filter(({ error }) => error !== undefined)).toEqual([]);
        expect(lines.some(({ done }) => done)).toBe(true);
      });

      test('page by page it gets as much as was promised', () => {
        const walked = lines.filter((line) => line.walked !== undefined);
        expect(walked.length).toBeGreaterThan(20);
        expect(walked.filter(({ returned, total }) => returned !== total)).toEqual([]);
      });

      test('everything is where it says, has a class, and no id comes twice in one place', () => {
        const all = [...containers(), ...items()];
        expect(all.filter(({ parent, under }) => parent !== under)).toEqual([]);
        expect(all.filter(({ upnpClass }) => !upnpClass?.startsWith('object.'))).toEqual([]);
        const places = all.map(({ under, container, item }) => `${under} ${container ?? item}`);
        expect(new Set(places).size).toBe(places.length);
      });

      test('no folder promises children that it has not', () => {
        const totals = new Map(
          lines.flatMap(({ walked, total = 0 }) => (walked === undefined ? [] : [[walked, total]])),
        );
        const wrong = containers().filter(
          // -1: it says nothing.
          ({ container, childCount = -1 }) => childCount !== -1 && childCount !== totals.get(container ?? ''),
        );
        expect(wrong).toEqual([]);
      });

      test('films, episodes, songs and photos are there by their names', () => {
        const titles = new Set(items().map(({ title }) => title));
        for (const title of TITLES) expect(titles).toContain(title);
        for (const song of ['One', 'Two & Two', 'Three'])
          expect([...titles].some((title) => title?.endsWith(song))).toBe(true);
        const classes = new Set(items().map(({ upnpClass }) => upnpClass));
        for (const kind of ['videoItem', 'audioItem.musicTrack', 'imageItem.photo'])
          expect([...classes].some((upnpClass) => upnpClass?.startsWith(`object.item.${kind}`))).toBe(true);
      });

      test('each item can be had, at the address the walker sees', async () => {
        const uris = items().flatMap(({ resources = [], art }) => [
          ...resources.map(({ uri }) => uri),
          ...(art ? [art] : []),
        ]);
        expect(items().filter(({ resources = [] }) => resources.length === 0)).toEqual([]);
        expect(uris.filter((uri) => !uri.startsWith('http://10.77.0.1:8097/'))).toEqual([]);
        const list = folder.path('urls.txt');
        await writeFile(list, [...new Set(uris)].join('\n'));
        const fetcher = join(import.meta.dirname, 'fetch-all.mjs');
        const { stdout } = await home
          .host('east')
          .run(process.execPath, [fetcher, list], { timeoutMs: 120_000 });
        const fetched = jsonLines<{ url: string; statuses: (number | string)[]; bytes: number }>(stdout);
        expect(fetched).toHaveLength(new Set(uris).size);
        expect(
          fetched.filter(({ statuses, bytes }) => statuses.some((status) => status !== 200) || bytes === 0),
        ).toEqual([]);
      }, 150_000);

      test('the first event comes with the subscription', () => {
        const events = lines.flatMap(({ event }) => event ?? []);
        expect(events).toContain('SystemUpdateID');
      });
    });

    test('Net::UPnP (HTTP/1.0) gets the same tree, without a warning', async () => {
      const { stdout, stderr, code } = await home
        .host('east')
        .run('perl', ['-w', PERL_WALK], { timeoutMs: 120_000 });
      expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
      const found = jsonLines<{ id: string; title: string; url?: string }>(stdout);
      const ids = (list: readonly Line[]): string[] => [
        ...new Set(list.map(({ container, item }) => container ?? item ?? '')),
      ];
      expect(new Set(found.map(({ id }) => id))).toEqual(new Set(ids([...containers(), ...items()])));
      const urls = found.filter(({ url }) => url !== undefined);
      expect(urls.every(({ url }) => url?.startsWith('http://10.77.0.1:8097/media/'))).toBe(true);
    }, 150_000);
  },
);
