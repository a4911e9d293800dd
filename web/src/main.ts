import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app';
import { appConfig } from './app/app.config';
import { loadIconSheet } from './app/ui/icon-sheet';

// Words stand beside most icons: without the sheet the app works, a little barer.
loadIconSheet(document).catch((error: unknown) => console.error('Icons could not be loaded', error));

bootstrapApplication(App, appConfig).catch((error: unknown) => console.error(error));
