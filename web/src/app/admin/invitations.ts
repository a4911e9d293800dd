import { Component, computed, inject, signal } from '@angular/core';
import { accountRoutes, type Role } from '@hearth/contract/account';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo, formatDate } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { Choice, type ChoiceOption } from '../ui/choice';
import { copyText } from '../ui/clipboard';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { peopleMessages } from './people-messages';

/** Links by which others join. */
@Component({
  selector: 'app-invitations',
  imports: [Choice, Dialog, Icon, IconButton],
  templateUrl: './invitations.html',
  styleUrl: './people.css',
})
export class Invitations {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  protected readonly t = translator(peopleMessages);
  protected readonly problems = problemWords();
  protected readonly invitations = resource(accountRoutes.invitations, () => ({}));
  protected readonly inviting = signal(false);
  protected readonly role = signal<Role>('member');
  protected readonly hours = signal<'24' | '72' | '168'>('72');
  /** The link that was just made: shown this once. */
  protected readonly link = signal('');
  protected readonly copied = signal(false);

  protected readonly roles = computed<readonly ChoiceOption<Role>[]>(() => [
    { value: 'member', name: this.t('member') },
    { value: 'child', name: this.t('child') },
    { value: 'admin', name: this.t('admin') },
  ]);
  protected readonly lifetimes = computed<readonly ChoiceOption<'24' | '72' | '168'>[]>(() => [
    { value: '24', name: this.t('day') },
    { value: '72', name: this.t('threeDays') },
    { value: '168', name: this.t('week') },
  ]);
  protected readonly rows = computed(() =>
    (this.invitations.value()?.items ?? []).map(({ id, role, usedAt, expiresAt }) => ({
      id,
      role,
      open: usedAt === null && new Date(expiresAt).getTime() > Date.now(),
      note:
        usedAt !== null
          ? this.t('used', { when: formatAgo(usedAt, this.#i18n.locale()) })
          : new Date(expiresAt).getTime() > Date.now()
            ? this.t('openUntil', { date: formatDate(expiresAt, this.#i18n.locale()) })
            : this.t('expired'),
    })),
  );

  protected start(): void {
    this.link.set('');
    this.copied.set(false);
    this.inviting.set(true);
  }

  protected async make(): Promise<void> {
    try {
      const { code } = await this.#api.call(accountRoutes.invite, {
        role: this.role(),
        expiresInHours: Number(this.hours()),
      });
      this.link.set(`${location.origin}${paths.invite(code ?? '')}`);
      this.invitations.reload();
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    }
  }

  protected async copy(): Promise<void> {
    this.copied.set(await copyText(this.link()));
  }

  protected async withdraw(id: string): Promise<void> {
    try {
      await this.#api.call(accountRoutes.deleteInvitation, { id });
      this.#toasts.show(this.t('withdrawn'), { tone: 'good' });
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.invitations.reload();
    }
  }
}
