import { Component, computed, inject } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { LanguageFields } from '../core/preferences/language-fields';
import { LookFields } from '../core/preferences/look-fields';
import { preferred } from '../core/preferences/preferred';
import { TorrentAccess } from '../core/torrent-access';
import { SelectField } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { settingsMessages } from './messages';

const subtitleModes = ['off', 'forced', 'foreign', 'always'] as const;

/** Everything here is saved as it is changed, and shown at once. */
@Component({
  selector: 'app-preferences-form',
  imports: [LanguageFields, LookFields, SelectField, Switch],
  template: `
    @if (preferred.now(); as now) {
      <section class="card">
        <h2>{{ t('look') }}</h2>
        <app-look-fields />
      </section>
      <section class="card">
        <h2>{{ t('watching') }}</h2>
        <app-language-fields [subtitleHint]="t('subtitleHint')" />
        <app-select-field
          [label]="t('subtitleMode')"
          [options]="modes()"
          [value]="now.subtitleMode"
          (valueChange)="saveMode($event)"
        />
        <app-switch
          [label]="t('autoplay')"
          [hint]="t('autoplayHint')"
          [value]="now.autoplayNext"
          (valueChange)="preferred.save({ autoplayNext: $event })"
        />
        @if (mayShare()) {
          <app-switch
            [label]="t('browserPeers')"
            [hint]="t('browserPeersHint')"
            [value]="now.browserPeers"
            (valueChange)="preferred.save({ browserPeers: $event })"
          />
        }
      </section>
    }
  `,
  styleUrl: './section.css',
})
export class PreferencesForm {
  readonly #torrents = inject(TorrentAccess);
  protected readonly t = translator(settingsMessages);
  protected readonly preferred = preferred();
  protected readonly modes = computed(() => subtitleModes.map((value) => ({ value, name: this.t(value) })));

  /** An administrator let browsers exchange pieces, and this browser can: over plain HTTP none can. */
  protected readonly mayShare = computed(
    () => isSecureContext && this.#torrents.usable() && this.#torrents.value()?.browserPeers === true,
  );

  protected saveMode(value: string): void {
    const mode = subtitleModes.find((candidate) => candidate === value);
    if (mode) this.preferred.save({ subtitleMode: mode });
  }
}
