import { Component, computed, inject, input } from '@angular/core';
import { type Job, jobRoutes, type JobState } from '@hearth/contract/job';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { reloadOn } from '../core/live/reload-on';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import type { IconName } from '../ui/icon-names';
import { ProgressBar } from '../ui/progress-bar';
import { actionsOf, type JobAction, withJob, withoutZeros } from './job-actions';
import { adminMessages } from './messages';

const states: Readonly<
  Record<
    JobState,
    {
      icon: IconName;
      tone: string;
      word: 'waiting' | 'active' | 'paused' | 'done' | 'failedState' | 'cancelled';
    }
  >
> = {
  waiting: { icon: 'schedule', tone: '', word: 'waiting' },
  running: { icon: 'sync', tone: 'accent', word: 'active' },
  paused: { icon: 'pause_circle', tone: 'wait', word: 'paused' },
  done: { icon: 'check_circle', tone: 'good', word: 'done' },
  failed: { icon: 'error', tone: 'bad', word: 'failedState' },
  cancelled: { icon: 'block', tone: '', word: 'cancelled' },
};
const buttons: Readonly<Record<JobAction, { icon: IconName; label: 'pause' | 'resume' | 'stop' | 'retry' }>> =
  {
    pause: { icon: 'pause', label: 'pause' },
    resume: { icon: 'play_arrow', label: 'resume' },
    cancel: { icon: 'close', label: 'stop' },
    retry: { icon: 'refresh', label: 'retry' },
  };

const kinds: Readonly<
  Partial<Record<string, 'jobScan' | 'jobDemo' | 'jobVersion' | 'jobThumbnails' | 'jobMarkers'>>
> = {
  'library.scan': 'jobScan',
  'demo.create': 'jobDemo',
  'playback.version': 'jobVersion',
  'playback.thumbnails': 'jobThumbnails',
  'playback.skip-markers': 'jobMarkers',
};

/** Background work, live, with what can be done about it. */
@Component({
  selector: 'app-job-list',
  imports: [EmptyState, Icon, IconButton, ProblemState, ProgressBar],
  templateUrl: './job-list.html',
  styleUrl: './job-list.css',
})
export class JobList {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #i18n = inject(I18n);
  readonly activeOnly = input(false);
  protected readonly t = translator(adminMessages);
  protected readonly jobs = resource(jobRoutes.list, () => ({ limit: 100 }));

  protected readonly rows = computed(() =>
    (this.jobs.value()?.items ?? [])
      .filter((job) => !this.activeOnly() || ['running', 'waiting', 'paused'].includes(job.state))
      .map((job) => ({
        job,
        ...states[job.state],
        kind: this.#kind(job),
        text: [
          this.t(states[job.state].word),
          withoutZeros(job.message),
          job.attempts > 1 ? this.t('attempts', { count: job.attempts }) : '',
          formatAgo(job.endedAt ?? job.startedAt ?? job.createdAt, this.#i18n.locale()),
        ]
          .filter(Boolean)
          .join(' · '),
        buttons: actionsOf(job.state).map((action) => ({ action, ...buttons[action] })),
      })),
  );

  constructor() {
    inject(Live).on('job.updated', (job) =>
      this.jobs.update(({ items }) => ({ items: withJob(items, job) })),
    );
    // What `job.updated` tells is complete; only after a gap is the list read again.
    reloadOn([], () => this.jobs.reload());
  }

  #kind({ name }: Job): string {
    const word = kinds[name];
    return word ? this.t(word) : name;
  }

  protected async act(action: JobAction, { id }: Job): Promise<void> {
    try {
      const job = await this.#api.call(jobRoutes[action], { id });
      this.jobs.update(({ items }) => ({ items: withJob(items, job) }));
    } catch (error) {
      this.#toasts.failed(this.t('actionFailed'), error);
      this.jobs.reload();
    }
  }
}
