import { Component, computed, DestroyRef, effect, inject, input, output, signal } from '@angular/core';
import type { Episode } from '@hearth/contract/title';
import { formatEpisodeCode } from '../core/format';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { Poster } from '../ui/poster';
import { playerMessages } from './messages';
import { countdownSeconds } from './next-episode';

/** What comes after this one. Counts down once this one is over, if the person likes that. */
@Component({
  selector: 'app-next-card',
  imports: [Icon, Poster],
  template: `
    <section [attr.aria-label]="t('nextHeading')">
      <app-poster shape="still" [image]="episode().still" [name]="episode().name" sizes="160px" />
      <div class="text">
        <p class="heading" role="status">
          {{ counting() ? t('nextIn', { count: left() }) : t('nextHeading') }}
        </p>
        <h2>{{ code() }} · {{ episode().name }}</h2>
        <div class="actions">
          <button class="button primary" type="button" data-offer (click)="start.emit()">
            <app-icon name="play_arrow-fill" />{{ t('playNow') }}
          </button>
          <button class="button quiet" type="button" (click)="dismiss.emit()">{{ t('notNow') }}</button>
        </div>
      </div>
    </section>
  `,
  styleUrl: './next-card.css',
})
export class NextCard {
  readonly episode = input.required<Episode>();
  /** Whether it may start by itself, which it does a little after the end. */
  readonly counting = input.required<boolean>();
  readonly start = output();
  readonly dismiss = output();
  protected readonly t = translator(playerMessages);
  protected readonly left = signal(countdownSeconds);
  protected readonly code = computed(() =>
    formatEpisodeCode(this.episode().seasonNumber, this.episode().number),
  );
  #clock: ReturnType<typeof setInterval> | undefined;

  constructor() {
    effect(() => {
      clearInterval(this.#clock);
      this.left.set(countdownSeconds);
      if (this.counting()) this.#clock = setInterval(() => this.#tick(), 1000);
    });
    inject(DestroyRef).onDestroy(() => clearInterval(this.#clock));
  }

  #tick(): void {
    this.left.update((left) => left - 1);
    if (this.left() > 0) return;
    clearInterval(this.#clock);
    this.start.emit();
  }
}
