import '@angular/compiler';
import { ErrorHandler, provideZonelessChangeDetection } from '@angular/core';
import { getTestBed } from '@angular/core/testing';
import { BrowserTestingModule, platformBrowserTesting } from '@angular/platform-browser/testing';
import { afterEach, beforeEach } from '@jest/globals';

getTestBed().initTestEnvironment(BrowserTestingModule, platformBrowserTesting(), {
  errorOnUnknownElements: true,
  errorOnUnknownProperties: true,
});

beforeEach(() => {
  localStorage.clear();
  getTestBed().configureTestingModule({
    providers: [
      provideZonelessChangeDetection(),
      {
        provide: ErrorHandler,
        useValue: {
          handleError: (error: unknown) => {
            throw error;
          },
        },
      },
    ],
  });
});

afterEach(() => {
  localStorage.clear();
});
