import { Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Renderer } from '@hearth/contract/renderer';
import { Casting, type CastAction } from '../core/casting/casting';
import { formatClock } from '../core/format';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { BarSlider } from './bar-slider';
import { castMessages } from './cast-messages';

/** A remote control for what you play on other screens, on every page. */
@Component({
  selector: 'app-cast-bar',
  imports: [BarSlider, Icon, IconButton, RouterLink],
  templateUrl: './cast-bar.html',
  styleUrl: './bar.css',
})
export class CastBar {
  readonly #toasts = inject(Toasts);
  protected readonly casting = inject(Casting);
  protected readonly t = translator(castMessages);
  protected readonly clock = formatClock;

  constructor() {
    // Nothing is lost without it: screens announce themselves when something changes.
    this.casting.look().catch(() => undefined);
  }

  protected linkOf({ item }: Renderer): string {
    return item?.titleId ? paths.title(item.titleId) : paths.home();
  }

  protected stateOf({ state, name, problem }: Renderer): string {
    if (problem) return problem;
    return this.t(state === 'lost' ? 'lost' : state === 'loading' ? 'loading' : 'on', { name });
  }

  protected press(id: string, action: CastAction): void {
    this.#try(this.casting.control(id, action));
  }

  protected seek(id: string, seconds: number): void {
    this.#try(this.casting.seek(id, seconds));
  }

  protected volume(id: string, volume: number): void {
    this.#try(this.casting.setVolume(id, volume));
  }

  #try(done: Promise<void>): void {
    done.catch((error: unknown) => this.#toasts.failed(this.t('failed'), error));
  }
}
