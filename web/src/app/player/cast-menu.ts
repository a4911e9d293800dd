import { Component, computed, inject, output, signal, viewChild } from '@angular/core';
import type { Renderer } from '@hearth/contract/renderer';
import { ApiProblem } from '../core/api/problem';
import { Casting } from '../core/casting/casting';
import { translator } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { Confirm } from '../ui/confirm';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { playerMessages } from './messages';
import { Playback } from './playback';

/** Sends what plays to another screen, at the place where it is. */
@Component({
  selector: 'app-cast-menu',
  imports: [Confirm, Icon, IconButton, Menu],
  template: `
    <app-menu [label]="t('cast')">
      <button menuButton appIconButton icon="cast" [label]="t('cast')" (click)="look()"></button>
      @for (screen of casting.renderers(); track screen.id) {
        <button role="menuitem" type="button" [disabled]="screen.state === 'lost'" (click)="send(screen)">
          <app-icon name="tv" />{{ screen.name }}
        </button>
      } @empty {
        <p class="note" role="presentation">{{ t(casting.looking() ? 'castLooking' : 'castNone') }}</p>
      }
    </app-menu>
    <app-confirm
      [open]="taken() !== null"
      [heading]="t('castInUse', { screen: taken()?.name ?? '' })"
      [message]="t('castInUseMeans')"
      [confirmLabel]="t('castTakeOver')"
      [cancelLabel]="t('castLeave')"
      (confirmed)="takeOver()"
      (openChange)="$event || taken.set(null)"
    />
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
  /** Where somebody else is watching, while it is asked whether that is to end. */
  protected readonly taken = signal<Renderer | null>(null);
  readonly open = computed(() => this.menu().open() || this.taken() !== null);

  protected look(): void {
    this.casting.look(true).catch((error: unknown) => this.#toasts.failed(this.t('castFailed'), error));
  }

  protected takeOver(): void {
    const screen = this.taken();
    if (screen) this.send(screen, true);
  }

  protected send(screen: Renderer, takeOver = false): void {
    const session = this.#playback.session();
    if (!session) return;
    const { episode, title } = session;
    const item = episode ? { episodeId: episode.id } : { titleId: title.id };
    this.#playback.pause();
    const positionSeconds = this.#playback.state().position;
    this.casting.play(screen.id, [item], { positionSeconds, takeOver }).then(
      () => this.sent.emit(),
      (error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'RENDERER_IN_USE') this.taken.set(screen);
        else this.#toasts.failed(this.t('castFailed'), error);
      },
    );
  }
}
