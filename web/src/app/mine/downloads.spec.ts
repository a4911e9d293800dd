import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import type { Download } from '@hearth/contract/download';
import { problemInterceptor } from '../core/api/interceptors';
import { Live } from '../core/live/live';
import { Downloads } from './downloads';

const aDownload = (id: string): Download => ({
  ...{ id, fileId: 'f', titleId: 't', titleName: id, episodeId: null, quality: 'original', state: 'ready' },
  ...{ progress: null, size: 1000, url: '/x', fileName: `${id}.mp4`, kept: false, error: null },
  createdAt: '2026-11-21T12:00:00.000Z',
});
const all = { items: [aDownload('Alpha'), aDownload('Beta')] };

async function open() {
  const live = { on: () => undefined, gaps: () => 0 };
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Live, useValue: live },
    ],
  });
  const fixture = TestBed.createComponent(Downloads);
  const host: HTMLElement = fixture.nativeElement;
  const http = TestBed.inject(HttpTestingController);
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    fixture.detectChanges();
  };
  await settle();
  http.expectOne('/api/downloads').flush(all);
  await settle();
  return {
    http,
    settle,
    page: fixture.componentInstance,
    names: () => [...host.querySelectorAll('.name-link')].map((link) => link.textContent.trim()),
    takeOff: async () => {
      host.querySelector<HTMLButtonElement>('button[appIconButton]')?.click();
      await settle();
    },
  };
}

test('what is taken off stays off, also when a reply comes that was on its way', async () => {
  const { http, settle, names, takeOff, page } = await open();
  expect(names()).toEqual(['Alpha', 'Beta']);
  page['list'].reload();
  await settle();
  await takeOff();
  expect(names()).toEqual(['Beta']);
  http.expectOne((asked) => asked.method === 'GET').flush(all);
  await settle();
  expect(names()).toEqual(['Beta']);
});

test('what could not be taken off is there again', async () => {
  const { http, settle, names, takeOff } = await open();
  await takeOff();
  const problem = { type: 'about:blank', title: 'No', status: 500, code: 'INTERNAL' };
  http.expectOne((asked) => asked.method === 'DELETE').flush(problem, { status: 500, statusText: 'No' });
  await settle();
  expect(names()).toEqual(['Alpha', 'Beta']);
});
