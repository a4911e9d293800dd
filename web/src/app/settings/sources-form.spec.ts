import { provideHttpClient, withInterceptors } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { problemInterceptor } from '../core/api/interceptors';
import { Session } from '../core/session/session';
import { SourcesForm } from './sources-form';

const provider = {
  ...{ id: 'p1', key: 'org.example', name: 'Archive', version: '1.0.0', description: '', runtime: 'builtin' },
  ...{ capabilities: ['source'], types: ['movie'], catalogCount: 0, enabled: true, priority: 0, logo: null },
  ...{ homepage: null, attribution: null, licences: [], p2p: false, adult: false, builtin: true, fields: [] },
  health: {
    ...{ state: 'ready', message: null, restsUntil: null, successRate: null, medianMs: null, p95Ms: null },
    ...{ trust: 0.5, requests: 0, failures: 0, lastError: null, recent: [] },
  },
  hidden: false,
};

async function open(items: readonly object[]) {
  TestBed.configureTestingModule({
    providers: [
      provideHttpClient(withInterceptors([problemInterceptor])),
      provideHttpClientTesting(),
      provideRouter([]),
      { provide: Session, useValue: { user: () => null, signedIn: () => true } },
    ],
  });
  const fixture = TestBed.createComponent(SourcesForm);
  const http = TestBed.inject(HttpTestingController);
  const settle = async () => {
    fixture.detectChanges();
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
    fixture.detectChanges();
  };
  await settle();
  http.expectOne('/api/providers').flush({ items });
  http
    .expectOne('/api/source-preferences')
    .flush({ maxResolution: '1080p', maxSize: 3e9, languages: ['de'] });
  await settle();
  const host: HTMLElement = fixture.nativeElement;
  return { http, host, settle };
}

test('without providers there is nothing to prefer', async () => {
  const { host } = await open([]);
  expect(host.querySelector('section')).toBeNull();
});

test('what is liked is saved as it is changed, the rest along with it', async () => {
  const { http, host } = await open([provider]);
  const [resolution, size] = host.querySelectorAll('select');
  expect([resolution?.value, size?.value]).toEqual(['1080p', '3000000000']);
  if (!size) throw new Error('There is no list of sizes');
  size.value = '';
  size.dispatchEvent(new Event('change'));
  const { request } = http.expectOne(({ method }) => method === 'PUT');
  expect(request.body).toEqual({ maxResolution: '1080p', maxSize: null, languages: ['de'] });
});

test('a provider can be hidden for oneself; what is refused is taken back', async () => {
  const { http, host, settle } = await open([provider]);
  const box = () => host.querySelector<HTMLInputElement>('app-switch input');
  box()?.click();
  await settle();
  expect(box()?.checked).toBe(false);
  const asked = http.expectOne('/api/providers/p1/preference');
  expect(asked.request.body).toEqual({ hidden: true });
  asked.flush(null, { status: 500, statusText: 'No' });
  await settle();
  http.expectOne('/api/providers').flush({ items: [provider] });
  await settle();
  expect(box()?.checked).toBe(true);
});
