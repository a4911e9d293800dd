import { provideHttpClient, withInterceptors } from '@angular/common/http';
import {
  type ApplicationConfig,
  inject,
  provideAppInitializer,
  provideBrowserGlobalErrorListeners,
} from '@angular/core';
import {
  provideRouter,
  Router,
  TitleStrategy,
  withComponentInputBinding,
  withNavigationErrorHandler,
  withPreloading,
  withViewTransitions,
} from '@angular/router';
import { routes } from './app.routes';
import { authInterceptor, problemInterceptor } from './core/api/interceptors';
import { I18n } from './core/i18n/i18n';
import { provideUiWords } from './core/i18n/ui-words';
import { IdlePreloading } from './core/idle-preloading';
import { Live } from './core/live/live';
import { LostNavigation } from './core/lost-navigation';
import { PageTitle } from './core/page-title';
import { ScrollMemory } from './core/scroll-memory';
import { Theme } from './core/theme';

const pathOf = (url: string) => url.split(/[?#]/)[0];

export const appConfig: ApplicationConfig = {
  providers: [
    provideBrowserGlobalErrorListeners(),
    // Order matters: problems are mapped first on the way back, so that `authInterceptor` sees an `ApiProblem`.
    provideHttpClient(withInterceptors([authInterceptor, problemInterceptor])),
    provideRouter(
      routes,
      withComponentInputBinding(),
      withPreloading(IdlePreloading),
      withNavigationErrorHandler((failure) => void inject(LostNavigation).handle(failure)),
      withViewTransitions({
        skipInitialTransition: true,
        // A changed filter is not a change of page; and a film is not to wait until its page has faded in.
        onViewTransitionCreated: ({ transition }) => {
          const router = inject(Router);
          const target = router.currentNavigation()?.finalUrl?.toString();
          const isPlayer = target?.startsWith('/watch/') === true;
          if (target === undefined || isPlayer || pathOf(target) === pathOf(router.url))
            transition.skipTransition();
        },
      }),
    ),
    { provide: TitleStrategy, useExisting: PageTitle },
    provideUiWords(),
    provideAppInitializer(() => {
      inject(Theme).start();
      inject(I18n).start();
      inject(Live).start();
      inject(ScrollMemory).start();
    }),
  ],
};
