import { Component, inject, signal } from '@angular/core';
import { playbackRoutes, type SessionStatus } from '@hearth/contract/playback';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { Confirm } from '../ui/confirm';
import { EmptyState } from '../ui/empty-state';
import { HardwareCard } from './hardware-card';
import { MadeVersions } from './made-versions';
import { StreamCard } from './stream-card';
import { streamMessages } from './stream-messages';
import { whileVisible } from '../core/while-visible';

/** Between two looks (ms): an encoder's figures change each second, a person reads slower. */
const everyMs = 2000;

/** Who plays what at the moment, how it reaches them, and what the server converts with. */
@Component({
  selector: 'app-streams',
  imports: [Confirm, EmptyState, HardwareCard, MadeVersions, ProblemState, StreamCard],
  templateUrl: './streams.html',
  styleUrl: './streams.css',
})
export class Streams {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  protected readonly t = translator(streamMessages);
  protected readonly sessions = resource(playbackRoutes.sessions, () => ({}));
  /** The one that is asked about. */
  protected readonly stopping = signal<SessionStatus | null>(null);

  constructor() {
    whileVisible(everyMs, () => this.sessions.reload());
  }

  protected async stop(): Promise<void> {
    const session = this.stopping();
    this.stopping.set(null);
    if (!session) return;
    const { sessionId, username } = session;
    try {
      await this.#api.call(playbackRoutes.stop, { sessionId });
      this.sessions.update(({ items }) => ({ items: items.filter((one) => one.sessionId !== sessionId) }));
      this.#toasts.show(this.t('stopped', { name: username }), { tone: 'good' });
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
    } finally {
      this.sessions.reload();
    }
  }
}
