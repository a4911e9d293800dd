import { bootstrapApplication } from '@angular/platform-browser';
import { config } from 'zod/v4/core';
import { App } from './app/app';
import { appConfig } from './app/app.config';

// Without this zod probes `new Function`, which a strict content security policy reports as a violation.
config({ jitless: true });

bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
