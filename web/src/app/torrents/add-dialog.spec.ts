import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import type { TorrentMetadata } from '@hearth/contract/torrent';
import { problemInterceptor } from '../core/api/interceptors';
import { Session } from '../core/session/session';
import { AddDialog, type AddStart } from './add-dialog';
import { aMetadata, aTorrent, hash } from './testing/a-torrent';

const magnet = `magnet:?xt=urn:btih:${hash}`;

beforeAll(() => {
  // jsdom has neither this property nor dialogs.
  Object.defineProperty(HTMLElement.prototype, 'spellcheck', { value: true, writable: true });
  HTMLDialogElement.prototype.showModal = function () {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function () {
    this.open = false;
  };
});

async function open(start: AddStart) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Session, useValue: { user: () => null, signedIn: () => true, isAdmin: () => false } },
    ],
  });
  const fixture = TestBed.createComponent(AddDialog);
  fixture.componentRef.setInput('start', start);
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  const http = TestBed.inject(HttpTestingController);
  const settle = async () => {
    // Replies reach the dialog by promises.
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    await fixture.whenStable();
  };
  return {
    http,
    settle,
    text: () => host.textContent.replace(/\s+/g, ' '),
    box: (name: string) =>
      [...host.querySelectorAll('label')]
        .find((label) => label.textContent.includes(name))
        ?.querySelector('input') ?? null,
    press: async (name: string) => {
      const button = [...host.querySelectorAll('button')].find((one) => one.textContent.trim() === name);
      button?.click();
      await settle();
    },
    shown: async (metadata: TorrentMetadata) => {
      http.expectOne('/api/torrents/parse').flush(metadata);
      await settle();
    },
  };
}

test('a link is read at once, and what is chosen is added', async () => {
  const dialog = await open({ link: magnet });
  await dialog.shown(aMetadata({ warnings: ['password-note'] }));
  expect(dialog.text()).toContain('Looks like Long Crossing (2020)');
  expect(dialog.text()).toContain('a note about a password');
  expect(['film.mp4', 'film.en.srt', 'note.txt'].map((name) => dialog.box(name)?.checked)).toEqual([
    true,
    true,
    false,
  ]);
  dialog.box('note.txt')?.click();
  await dialog.settle();
  await dialog.press('Add');
  const { request } = dialog.http.expectOne('/api/torrents');
  expect(request.body).toEqual({ magnet, download: false, shared: false, fileIndices: [0, 1, 2] });
});

test('how many have it is said as soon as their trackers do; of a private one nobody is asked', async () => {
  const dialog = await open({ link: magnet });
  await dialog.shown(aMetadata());
  const asked = dialog.http.expectOne('/api/torrents/swarm');
  expect(asked.request.body).toEqual({ magnet: aMetadata().magnet });
  asked.flush({ seeders: 7, leechers: 3 });
  await dialog.settle();
  expect(dialog.text()).toContain('7 have all of it, 3 a part');
  await dialog.press('Back');
  await dialog.press('Continue');
  await dialog.shown(aMetadata({ private: true }));
  dialog.http.expectNone('/api/torrents/swarm');
  expect(dialog.text()).not.toContain('have all of it');
});

test('the usual choice is not named, so that the server chooses', async () => {
  const dialog = await open({ link: magnet });
  await dialog.shown(aMetadata());
  await dialog.press('Add');
  expect(dialog.http.expectOne('/api/torrents').request.body).toEqual({
    magnet,
    download: false,
    shared: false,
  });
});

test('a file goes as a form, to be read and to be added', async () => {
  const file = new File([new Uint8Array([1, 2, 3])], 'film.torrent');
  const dialog = await open({ file });
  const parse = dialog.http.expectOne('/api/torrents/parse');
  expect(parse.request.body).toBeInstanceOf(FormData);
  parse.flush(aMetadata());
  await dialog.settle();
  dialog.box('film.en.srt')?.click();
  await dialog.settle();
  await dialog.press('Add');
  const body: unknown = dialog.http.expectOne('/api/torrents').request.body;
  const sent =
    body instanceof FormData
      ? [...body].map(([name, value]) => [name, typeof value === 'string' ? value : 'file'])
      : [];
  expect(Object.fromEntries(sent)).toEqual({
    download: 'false',
    shared: 'false',
    fileIndices: '0',
    torrent: 'file',
  });
});

test('added and played, it opens the player where what is in it is known, else its page', async () => {
  const dialog = await open({ link: magnet });
  await dialog.shown(aMetadata({ files: [], bestFileIndex: null, size: null }));
  expect(dialog.text()).toContain('A magnet link says only a name.');
  const urls: string[] = [];
  const router = TestBed.inject(Router);
  router.navigateByUrl = (url) => {
    urls.push(String(url));
    return Promise.resolve(true);
  };
  await dialog.press('Add and play');
  dialog.http
    .expectOne('/api/torrents')
    .flush(aTorrent({ playFileId: null }), { status: 201, statusText: '' });
  await dialog.settle();
  expect(urls).toEqual([`/torrents/${hash}?play=1`]);
});

test('what is no torrent is said, and can be corrected', async () => {
  const dialog = await open({ link: magnet });
  dialog.http
    .expectOne('/api/torrents/parse')
    .flush(
      { type: 'about:blank', title: 'x', status: 422, code: 'TORRENT_INVALID' },
      { status: 422, statusText: '' },
    );
  await dialog.settle();
  expect(dialog.text()).toContain('This is no torrent that can be read.');
});

test('nothing chosen is nothing to add', async () => {
  const dialog = await open({ link: magnet });
  await dialog.shown(aMetadata());
  await dialog.press('None');
  expect(dialog.text()).toContain('Choose at least one file.');
  await dialog.press('Add');
  dialog.http.expectNone('/api/torrents');
});
