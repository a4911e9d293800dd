import { Component, computed, inject, output, viewChild } from '@angular/core';
import { Casting } from '../core/casting/casting';
import { translator } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { playerMessages } from './messages';
import { Playback } from './playback';

/** Sends what plays to another screen, at the place where it is. */
@Component({
  selector: 'app-cast-menu',
  imports: [Icon, IconButton, Menu],
  template: `
    <app-menu [label]="t('cast')">
      <button menuButton appIconButton icon="cast" [label]="t('cast')" (click)="look()"></button>
      @for (screen of casting.renderers(); track screen.id) {
        <button role="menuitem" type="button" [disabled]="screen.state === 'lost'" (click)="send(screen.id)">
          <app-icon name="tv" />{{ screen.name }}
        </button>
      } @empty {
        <p class="note" role="presentation">{{ t(casting.looking() ? 'castLooking' : 'castNone') }}</p>
      }
    </app-menu>
  `,
  styles: `
    .note {
      max-inline-size: 18rem;
      padding: 0.5rem 0.75rem;
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
  `,
})
export class CastMenu {
  readonly #toasts = inject(Toasts);
  readonly #playback = inject(Playback);
  protected readonly casting = inject(Casting);
  protected readonly t = translator(playerMessages);
  /** It plays there now. */
  readonly sent = output();
  private readonly menu = viewChild.required(Menu);
  readonly open = computed(() => this.menu().open());

  protected look(): void {
    this.casting.look(true).catch((error: unknown) => this.#toasts.failed(this.t('castFailed'), error));
  }

  protected send(id: string): void {
    const session = this.#playback.session();
    if (!session) return;
    const { episode, title } = session;
    const item = episode ? { episodeId: episode.id } : { titleId: title.id };
    this.#playback.pause();
    this.casting.play(id, [item], this.#playback.state().position).then(
      () => this.sent.emit(),
      (error: unknown) => this.#toasts.failed(this.t('castFailed'), error),
    );
  }
}
