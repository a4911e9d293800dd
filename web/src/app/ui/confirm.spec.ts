import { Component, signal } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { Confirm } from './confirm';

@Component({
  imports: [Confirm],
  template: `
    <app-confirm
      [open]="asked() !== null"
      heading="Delete?"
      message="It goes."
      confirmLabel="Delete"
      cancelLabel="Cancel"
      (confirmed)="deleted.set(asked())"
      (openChange)="$event || asked.set(null)"
    />
  `,
})
class Page {
  readonly asked = signal<string | null>('a');
  readonly deleted = signal<string | null>(null);
}

function press(label: string): Page {
  // jsdom knows <dialog> but not how to show it.
  HTMLDialogElement.prototype.showModal = () => undefined;
  const page = TestBed.createComponent(Page);
  page.detectChanges();
  const host: HTMLElement = page.nativeElement;
  const buttons = [...host.querySelectorAll('button')];
  buttons.find(({ textContent }) => textContent.trim() === label)?.click();
  return page.componentInstance;
}

test('who confirms still knows what was asked about; then it closes', () => {
  const page = press('Delete');
  expect([page.deleted(), page.asked()]).toEqual(['a', null]);
});

test('who cancels does nothing', () => {
  const page = press('Cancel');
  expect([page.deleted(), page.asked()]).toEqual([null, null]);
});
