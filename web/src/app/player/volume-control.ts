import { Component, computed, inject } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { IconButton } from '../ui/icon-button';
import type { IconName } from '../ui/icon-names';
import { playerMessages } from './messages';
import { Playback } from './playback';

/** Sound on and off, and how loud. Phones have keys for that, so there it is only the button. */
@Component({
  selector: 'app-volume-control',
  imports: [IconButton],
  template: `
    <button
      appIconButton
      [icon]="icon()"
      [label]="t(silent() ? 'unmute' : 'mute')"
      (click)="playback.setMuted(!playback.state().muted)"
    ></button>
    <input
      #range
      type="range"
      min="0"
      max="100"
      step="5"
      data-zone="own"
      [attr.aria-label]="t('volume')"
      [attr.aria-valuetext]="t('percent', { percent: percent() })"
      [style.--level.%]="percent()"
      [value]="percent()"
      (input)="playback.setVolume(+range.value / 100)"
    />
  `,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
    }
    input {
      inline-size: 0;
      block-size: 2.75rem;
      margin: 0;
      opacity: 0;
      appearance: none;
      background: transparent;
      cursor: pointer;
      transition:
        inline-size var(--app-slow) var(--app-ease),
        opacity var(--app-slow) var(--app-ease);
    }
    :host(:hover) input,
    :host(:focus-within) input {
      inline-size: 6rem;
      margin-inline: 0.25rem 0.75rem;
      opacity: 1;
    }
    input::-webkit-slider-runnable-track {
      block-size: 5px;
      border-radius: 9px;
      background: linear-gradient(90deg, currentcolor var(--level), hsl(0 0% 100% / 0.28) 0);
    }
    input::-webkit-slider-thumb {
      appearance: none;
      inline-size: 1rem;
      block-size: 1rem;
      margin-block-start: -5.5px;
      border-radius: 9px;
      background: currentcolor;
    }
    input::-moz-range-track {
      block-size: 5px;
      border-radius: 9px;
      background: linear-gradient(90deg, currentcolor var(--level), hsl(0 0% 100% / 0.28) 0);
    }
    input::-moz-range-thumb {
      inline-size: 1rem;
      block-size: 1rem;
      border: 0;
      background: currentcolor;
    }
    @media (pointer: coarse) {
      input {
        display: none;
      }
    }
  `,
})
export class VolumeControl {
  protected readonly playback = inject(Playback);
  protected readonly t = translator(playerMessages);
  protected readonly silent = computed(
    () => this.playback.state().muted || this.playback.state().volume === 0,
  );
  protected readonly percent = computed(() =>
    this.silent() ? 0 : Math.round(this.playback.state().volume * 100),
  );
  protected readonly icon = computed<IconName>(() => {
    if (this.silent()) return 'volume_off';
    return this.playback.state().volume < 0.5 ? 'volume_down' : 'volume_up';
  });
}
