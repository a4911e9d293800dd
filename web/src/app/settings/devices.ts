import { Component, computed, inject } from '@angular/core';
import { accountRoutes, type DeviceSession } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { reloadOn } from '../core/live/reload-on';
import { Session } from '../core/session/session';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { settingsMessages } from './messages';

/** Where you are signed in, and the way out. */
@Component({
  selector: 'app-devices',
  imports: [Icon],
  template: `
    <section class="card">
      <header>
        <h2>{{ t('devices') }}</h2>
        <p class="lead">{{ t('devicesLead') }}</p>
      </header>
      @if (devices.value()) {
        <ul class="devices">
          @for (row of rows(); track row.id) {
            <li>
              <app-icon [name]="row.icon" />
              <div>
                <p class="name">
                  {{ row.name }}
                  @if (row.current) {
                    <span class="tag">{{ t('thisDevice') }}</span>
                  }
                </p>
                <p class="note">{{ row.note }}</p>
              </div>
              <button
                class="button"
                type="button"
                [attr.aria-label]="t('signOutOf', { device: row.name })"
                (click)="signOut(row)"
              >
                {{ t('signOut') }}
              </button>
            </li>
          }
        </ul>
      } @else if (devices.problem(); as problem) {
        <p class="trouble" role="alert">{{ t('devicesFailed') }} {{ problems.message(problem) }}</p>
      } @else {
        <div class="skeleton" style="block-size: 6rem"></div>
      }
    </section>
  `,
  styleUrl: './section.css',
})
export class Devices {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(settingsMessages);
  protected readonly problems = problemWords();
  protected readonly devices = resource(accountRoutes.sessions, () => ({}));

  protected readonly rows = computed(() =>
    (this.devices.value()?.items ?? [])
      .toSorted((a, b) => Number(b.current) - Number(a.current))
      .map((device) => ({
        id: device.id,
        name: device.deviceName,
        current: device.current,
        icon: iconOf(device),
        note: `${device.address} · ${this.t('lastSeen', { when: formatAgo(device.lastSeenAt, this.#i18n.locale()) })}`,
      })),
  );

  constructor() {
    reloadOn(['session.revoked'], () => this.devices.reload());
  }

  protected async signOut(row: { id: string; name: string; current: boolean }): Promise<void> {
    try {
      if (row.current) return await this.#session.signOut();
      this.devices.update(({ items }) => ({ items: items.filter(({ id }) => id !== row.id) }));
      await this.#api.call(accountRoutes.revokeSession, { id: row.id });
      this.#toasts.show(this.t('signedOut', { device: row.name }), { tone: 'good' });
    } catch (error) {
      this.#toasts.failed(this.t('signOutFailed'), error);
      this.devices.reload();
    }
  }
}

function iconOf({ deviceName, userAgent }: DeviceSession): IconName {
  const text = `${deviceName} ${userAgent}`;
  if (/\bTV\b|Tizen|Web0S/i.test(text)) return 'tv';
  return /iPhone|Android|iPad|Mobile/i.test(text) ? 'mobile' : 'computer';
}
