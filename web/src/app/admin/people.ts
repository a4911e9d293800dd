import { Component, computed, inject, signal, viewChild } from '@angular/core';
import { type Account, accountRoutes, type Role } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Session } from '../core/session/session';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Confirm } from '../ui/confirm';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { AccountDialog, type AccountTask } from './account-dialog';
import { initialOf } from './initial';
import { Invitations } from './invitations';
import { LimitsDialog, type LimitsOwner } from './limits-dialog';
import { limitsWords } from './limits-words';
import { peopleMessages } from './people-messages';
import { SharedViewers } from './shared-viewers';

const roles: readonly Role[] = ['admin', 'member', 'child'];

/** Who lives here, what they may do, and how others join. */
@Component({
  selector: 'app-people',
  imports: [
    AccountDialog,
    Confirm,
    Icon,
    IconButton,
    Invitations,
    LimitsDialog,
    Menu,
    ProblemState,
    SharedViewers,
  ],
  templateUrl: './people.html',
  styleUrl: './people.css',
})
export class People {
  readonly #api = inject(Api);
  readonly #session = inject(Session);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(peopleMessages);
  protected readonly users = resource(accountRoutes.users, () => ({}));
  protected readonly task = signal<AccountTask | null>(null);
  protected readonly limiting = signal<LimitsOwner | null>(null);
  private readonly shared = viewChild.required(SharedViewers);
  readonly #limitsWords = limitsWords();
  protected readonly removing = signal<Account | null>(null);

  protected readonly rows = computed(() =>
    (this.users.value()?.items ?? []).map((user) => ({
      user,
      you: user.id === this.#session.user()?.id,
      initial: initialOf(user.username),
      note: user.lastSeenAt
        ? this.t('seen', { when: formatAgo(user.lastSeenAt, this.#i18n.locale()) })
        : this.t('neverSeen'),
      owner: { id: user.id, name: user.username, limits: user.limits },
      limits: this.#limitsWords(user.limits),
      otherRoles: roles.filter((role) => role !== user.role),
    })),
  );

  protected change(user: Account, change: { role?: Role; disabled?: boolean }): void {
    this.users.update(({ items }) => ({
      items: items.map((other) => (other.id === user.id ? { ...other, ...change } : other)),
    }));
    void this.#try(() => this.#api.call(accountRoutes.updateUser, { id: user.id, ...change }));
  }

  protected remove(): void {
    const user = this.removing();
    this.removing.set(null);
    if (!user) return;
    void this.#try(async () => {
      await this.#api.call(accountRoutes.deleteUser, { id: user.id });
      this.#toasts.show(this.t('removed', { name: user.username }), { tone: 'good' });
    });
  }

  protected done(message: string): void {
    this.#toasts.show(message, { tone: 'good' });
    this.users.reload();
    this.shared().reload();
  }

  async #try(run: () => Promise<unknown>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.users.reload();
    }
  }
}
