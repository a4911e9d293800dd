import { Component, computed, inject, model } from '@angular/core';
import { I18n, translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import type { ScheduleDraft } from './torrent-draft';
import { torrentMessages } from './torrent-messages';

const fresh: ScheduleDraft = {
  days: [1, 2, 3, 4, 5],
  from: '08:00',
  to: '22:00',
  pause: false,
  downloadLimit: '',
  uploadLimit: '',
};
/** A Sunday, for the names of days. */
const sunday = Date.UTC(2023, 0, 1);
const dayMs = 86_400_000;

/** Hours in which other limits hold, or nothing is exchanged. */
@Component({
  selector: 'app-torrent-schedules',
  imports: [Icon, IconButton, Switch, TextField],
  template: `
    @for (one of schedules(); track $index; let at = $index) {
      <div class="card one" role="group" [attr.aria-label]="t('schedules') + ' ' + (at + 1)">
        <div class="days" role="group" [attr.aria-label]="t('days')">
          @for (day of days(); track day.value) {
            <button
              class="chip"
              type="button"
              [attr.aria-pressed]="one.days.includes(day.value)"
              (click)="toggle(at, day.value)"
            >
              {{ day.name }}
            </button>
          }
        </div>
        <div class="hours">
          <label class="field">
            <span class="label">{{ t('from') }}</span>
            <input
              #from
              class="input"
              type="time"
              [value]="one.from"
              (input)="put(at, { from: from.value })"
            />
          </label>
          <label class="field">
            <span class="label">{{ t('to') }}</span>
            <input #to class="input" type="time" [value]="one.to" (input)="put(at, { to: to.value })" />
          </label>
        </div>
        <app-switch [label]="t('pauseAll')" [value]="one.pause" (valueChange)="put(at, { pause: $event })" />
        @if (!one.pause) {
          <div class="hours">
            <app-text-field
              inputMode="decimal"
              [label]="t('downloadLimit')"
              [hint]="t('limitHint')"
              [value]="one.downloadLimit"
              (valueChange)="put(at, { downloadLimit: $event })"
            />
            <app-text-field
              inputMode="decimal"
              [label]="t('uploadLimit')"
              [hint]="t('limitHint')"
              [value]="one.uploadLimit"
              (valueChange)="put(at, { uploadLimit: $event })"
            />
          </div>
        }
        <button
          appIconButton
          class="remove"
          icon="delete"
          [label]="t('removeSchedule')"
          (click)="remove(at)"
        ></button>
      </div>
    }
    @if (schedules().length < 20) {
      <button class="button" type="button" (click)="add()">
        <app-icon name="add" />{{ t('addSchedule') }}
      </button>
    }
  `,
  styles: `
    :host {
      display: grid;
      gap: 0.75rem;
      justify-items: start;
    }
    .one {
      position: relative;
      display: grid;
      gap: 0.75rem;
      inline-size: 100%;
      padding: 1rem 1.125rem;
    }
    .days {
      display: flex;
      flex-wrap: wrap;
      gap: 0.375rem;
      padding-inline-end: 3rem;
    }
    .hours {
      display: grid;
      grid-template-columns: repeat(auto-fit, minmax(min(100%, 10rem), 1fr));
      gap: 0.75rem;
    }
    .remove {
      position: absolute;
      inset-block-start: 0.625rem;
      inset-inline-end: 0.5rem;
    }
  `,
})
export class TorrentSchedules {
  readonly #locale = inject(I18n).locale;
  readonly schedules = model.required<readonly ScheduleDraft[]>();
  protected readonly t = translator(torrentMessages);
  /** As the week begins in most of the world; 0 is Sunday. */
  protected readonly days = computed(() =>
    [1, 2, 3, 4, 5, 6, 0].map((value) => ({
      value,
      name: new Intl.DateTimeFormat(this.#locale(), { weekday: 'short', timeZone: 'UTC' }).format(
        sunday + value * dayMs,
      ),
    })),
  );

  protected add(): void {
    this.schedules.update((all) => [...all, fresh]);
  }

  protected remove(at: number): void {
    this.schedules.update((all) => all.toSpliced(at, 1));
  }

  protected put(at: number, change: Partial<ScheduleDraft>): void {
    this.schedules.update((all) => all.map((one, index) => (index === at ? { ...one, ...change } : one)));
  }

  protected toggle(at: number, day: number): void {
    const days = this.schedules()[at]?.days ?? [];
    this.put(at, { days: days.includes(day) ? days.filter((one) => one !== day) : [...days, day] });
  }
}
