import { Component, DOCUMENT } from '@angular/core';
import { TestBed } from '@angular/core/testing';
import { jest } from '@jest/globals';
import { whileVisible } from './while-visible';

let looks = 0;

@Component({ template: '' })
class Looker {
  constructor() {
    whileVisible(2000, () => looks++);
  }
}

function show(state: 'visible' | 'hidden'): void {
  const document = TestBed.inject(DOCUMENT);
  Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  jest.useFakeTimers();
  looks = 0;
});
afterEach(() => jest.useRealTimers());

test('looks at its pace, not while hidden, at once on return, and never after the page is left', () => {
  show('visible');
  const page = TestBed.createComponent(Looker);
  jest.advanceTimersByTime(6000);
  expect(looks).toBe(3);
  show('hidden');
  jest.advanceTimersByTime(60_000);
  expect(looks).toBe(3);
  show('visible');
  expect(looks).toBe(4);
  jest.advanceTimersByTime(2000);
  expect(looks).toBe(5);
  page.destroy();
  show('visible');
  jest.advanceTimersByTime(10_000);
  expect(looks).toBe(5);
});
