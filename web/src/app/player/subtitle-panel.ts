import { Component, computed, inject, output } from '@angular/core';
import { I18n, translator } from '../core/i18n/i18n';
import { IconButton } from '../ui/icon-button';
import { playerMessages } from './messages';
import { Panel } from './panel';
import { Subtitles } from './subtitles';

/** How large subtitles are and when they come, tried out on the running film. */
@Component({
  selector: 'app-subtitle-panel',
  imports: [IconButton, Panel],
  template: `
    <app-player-panel [heading]="t('subtitlePanel')" (closed)="closed.emit()">
      @if (subtitles.resizable()) {
        <div class="row" role="group" [attr.aria-label]="t('subtitleSize')">
          <span>{{ t('subtitleSize') }}</span>
          <button
            appIconButton
            icon="remove"
            [label]="t('smaller')"
            [disabled]="subtitles.sizeAtEnd().least"
            (click)="subtitles.resize(-1)"
          ></button>
          <output>{{ t('percent', { percent: subtitles.size() }) }}</output>
          <button
            appIconButton
            icon="add"
            [label]="t('larger')"
            [disabled]="subtitles.sizeAtEnd().most"
            (click)="subtitles.resize(1)"
          ></button>
        </div>
      }
      <div class="row" role="group" [attr.aria-label]="t('subtitleTiming')">
        <span>{{ t('subtitleTiming') }}</span>
        <button appIconButton icon="remove" [label]="t('earlier')" (click)="subtitles.shift(-0.1)"></button>
        <output>{{ t('seconds', { seconds: delay() }) }}</output>
        <button appIconButton icon="add" [label]="t('later')" (click)="subtitles.shift(0.1)"></button>
      </div>
      <button class="button" type="button" (click)="subtitles.reset()">{{ t('reset') }}</button>
    </app-player-panel>
  `,
  styles: `
    .row {
      display: grid;
      grid-template-columns: 1fr auto 5rem auto;
      align-items: center;
    }
    output {
      text-align: center;
      font-variant-numeric: tabular-nums;
    }
    .button {
      justify-self: start;
    }
  `,
})
export class SubtitlePanel {
  readonly #i18n = inject(I18n);
  protected readonly subtitles = inject(Subtitles);
  readonly closed = output();
  protected readonly t = translator(playerMessages);
  protected readonly delay = computed(() =>
    this.subtitles
      .delay()
      .toLocaleString(this.#i18n.locale(), { minimumFractionDigits: 1, signDisplay: 'exceptZero' }),
  );
}
