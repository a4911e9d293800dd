import { signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { ApiProblem } from '../core/api/problem';
import { Casting } from '../core/casting/casting';
import { I18n } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { CastMenu } from './cast-menu';
import { Playback } from './playback';

const asked: unknown[] = [];
const failed: unknown[] = [];
let refusal: ApiProblem | null;

async function menu(language: 'en' | 'de') {
  // jsdom knows <dialog> and popovers but not how to show them.
  HTMLDialogElement.prototype.showModal = () => undefined;
  HTMLElement.prototype.hidePopover = () => undefined;
  const play = (id: string, items: unknown, { takeOver }: { takeOver?: boolean }) => {
    asked.push({ id, items, takeOver });
    return refusal && !takeOver ? Promise.reject(refusal) : Promise.resolve();
  };
  const session = { title: { id: 'film' }, episode: null };
  const playback = { session: () => session, pause: () => undefined, state: () => ({ position: 12 }) };
  TestBed.configureTestingModule({
    providers: [
      { provide: Casting, useValue: { renderers: signal([{ id: 'den', name: 'Den' }]), looking: () => false, play } },
      { provide: Playback, useValue: playback },
      { provide: Toasts, useValue: { failed: (text: string) => failed.push(text) } },
      { provide: I18n, useValue: { language: () => language, locale: () => language } },
    ],
  }); // prettier-ignore
  const fixture = TestBed.createComponent(CastMenu);
  await fixture.whenStable();
  const host: HTMLElement = fixture.nativeElement;
  const press = async (label: string): Promise<void> => {
    const buttons = [...host.querySelectorAll('button')];
    const button = buttons.find(({ textContent }) => textContent.trim().endsWith(label));
    if (!button) throw new Error(`No button “${label}” among ${buttons.length}`);
    button.click();
    await fixture.whenStable();
  };
  return { host, press };
}

beforeEach(() => {
  asked.length = 0;
  failed.length = 0;
  refusal = new ApiProblem('RENDERER_IN_USE', 409, '');
});

test.each([
  ['en', 'Take over “Den”?', 'Take over'],
  ['de', '„Den“ übernehmen?', 'Übernehmen'],
] as const)('%s: asks before it ends what somebody else watches', async (language, question, yes) => {
  const { host, press } = await menu(language);
  await press('Den');
  expect(host.textContent).toContain(question);
  expect(asked).toEqual([{ id: 'den', items: [{ titleId: 'film' }], takeOver: false }]);
  await press(yes);
  expect(asked).toHaveLength(2);
  expect(asked[1]).toMatchObject({ takeOver: true });
  expect(host.textContent).not.toContain(question);
  expect(failed).toEqual([]);
});

test('whoever leaves it to them sends nothing', async () => {
  const { host, press } = await menu('en');
  await press('Den');
  await press('Leave it to them');
  expect(asked).toHaveLength(1);
  expect(host.textContent).not.toContain('Take over');
});

test('another refusal is told, not asked about', async () => {
  refusal = new ApiProblem('RENDERER_REFUSED', 409, '');
  const { host, press } = await menu('en');
  await press('Den');
  expect(failed).toEqual(['The other screen did not take it.']);
  expect(host.textContent).not.toContain('Take over');
});
