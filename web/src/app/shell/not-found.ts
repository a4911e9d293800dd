import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { EmptyState } from '../ui/empty-state';
import { shellMessages } from './messages';

/** For addresses that lead nowhere. */
@Component({
  selector: 'app-not-found',
  imports: [EmptyState, RouterLink],
  template: `
    <app-empty-state
      icon="theaters"
      [level]="1"
      [heading]="t('notFoundHeading')"
      [message]="t('notFoundMessage')"
    >
      <a class="button primary" [routerLink]="home">{{ t('toHome') }}</a>
    </app-empty-state>
  `,
})
export class NotFound {
  protected readonly t = translator(shellMessages);
  protected readonly home = paths.home();
}
