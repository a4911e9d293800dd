import { Component, computed } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';
import { libraryRoutes } from '@hearth/contract/library';
import { matchingRoutes } from '@hearth/contract/matching';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { pageNames } from '../core/i18n/page-names';
import { reloadOn } from '../core/live/reload-on';
import { paths } from '../core/paths';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { adminMessages } from './messages';

const tabs: readonly {
  readonly page:
    | ''
    | 'streams'
    | 'libraries'
    | 'attention'
    | 'matches'
    | 'people'
    | 'devices'
    | 'providers'
    | 'torrents'
    | 'jobs'
    | 'logs';
  readonly icon: IconName;
}[] = [
  { page: '', icon: 'dashboard' },
  { page: 'streams', icon: 'play_circle' },
  { page: 'libraries', icon: 'video_library' },
  { page: 'attention', icon: 'rule' },
  { page: 'matches', icon: 'manage_search' },
  { page: 'people', icon: 'group' },
  { page: 'devices', icon: 'tv' },
  { page: 'providers', icon: 'extension' },
  { page: 'torrents', icon: 'hub' },
  { page: 'jobs', icon: 'pending_actions' },
  { page: 'logs', icon: 'description' },
];

/** The pages for whoever runs the server, side by side. */
@Component({
  selector: 'app-admin',
  imports: [Icon, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <h1 class="page-title">{{ page('admin') }}</h1>
    <nav [attr.aria-label]="t('navigation')">
      @for (tab of tabs; track tab.page) {
        <a
          class="tab"
          [routerLink]="paths.admin(tab.page)"
          routerLinkActive="on"
          ariaCurrentWhenActive="page"
          [routerLinkActiveOptions]="{ exact: true }"
          #link
          (isActiveChange)="$event && link.scrollIntoView({ inline: 'center', block: 'nearest' })"
        >
          <app-icon [name]="tab.icon" />{{ t(tab.page || 'overview') }}
          @if (waiting()[tab.page]; as count) {
            <span class="count">{{ count }}</span>
          }
        </a>
      }
    </nav>
    <router-outlet />
  `,
  styleUrl: './admin.css',
  host: { class: 'page' },
})
export class Admin {
  protected readonly t = translator(adminMessages);
  protected readonly page = translator(pageNames);
  protected readonly paths = paths;
  protected readonly tabs = tabs;
  readonly #libraries = resource(libraryRoutes.list, () => ({}));
  readonly #unsure = resource(matchingRoutes.unsure, () => ({ limit: 1 }));
  /** What waits for a person: files, and titles. */
  protected readonly waiting = computed<Readonly<Record<string, number>>>(() => ({
    attention: (this.#libraries.value()?.items ?? []).reduce(
      (sum, { unmatchedCount, failedCount }) => sum + unmatchedCount + failedCount,
      0,
    ),
    matches: this.#unsure.value()?.total ?? 0,
  }));

  constructor() {
    reloadOn(['library.changed'], () => this.#libraries.reload());
    // What a round of matching leaves open changes nothing in the library.
    reloadOn(['library.changed', 'job.updated'], () => this.#unsure.reload());
  }
}
