import { Component, computed, effect, inject, signal, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';
import { systemRoutes } from '@hearth/contract/system';
import { resource } from '../core/api/resource';
import { formatBytes, formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Icon } from '../ui/icon';
import { ProgressBar } from '../ui/progress-bar';
import { pushed } from '../ui/chart-path';
import { JobList } from './job-list';
import { LiveChart } from '../ui/live-chart';
import { adminMessages } from './messages';
import { MetricsAddress } from './metrics-address';
import { ProblemState } from '../core/problem-state';
import { whileVisible } from '../core/while-visible';

/** Between two looks (ms), and how many of them the charts keep: four minutes. */
const everyMs = 4000;
const capacity = 60;

/** How the server is, now and over the last minutes. */
@Component({
  selector: 'app-overview',
  imports: [Icon, JobList, LiveChart, MetricsAddress, ProblemState, ProgressBar, RouterLink],
  templateUrl: './overview.html',
  styleUrl: './overview.css',
})
export class Overview {
  readonly #i18n = inject(I18n);
  protected readonly t = translator(adminMessages);
  protected readonly status = resource(systemRoutes.status, () => ({}));
  protected readonly capacity = capacity;
  protected readonly jobsPath = paths.admin('jobs');
  protected readonly librariesPath = paths.admin('libraries');
  readonly #past = signal<{ memory: readonly number[]; cpu: readonly number[]; loop: readonly number[] }>({
    memory: [],
    cpu: [],
    loop: [],
  });

  protected readonly charts = computed(() => {
    const status = this.status.value();
    if (!status) return [];
    const past = this.#past();
    const number = (value: number) => value.toLocaleString(this.#i18n.locale(), { maximumFractionDigits: 1 });
    return [
      {
        name: this.t('memory'),
        value: this.bytes(status.memoryBytes),
        note: '',
        values: past.memory,
        most: 200e6,
      },
      {
        name: this.t('cpu'),
        value: `${number(status.cpuPercent)} %`,
        note: this.t('cpuNote'),
        values: past.cpu,
        most: 100,
      },
      {
        name: this.t('loop'),
        value: `${number(status.eventLoopDelayMs)} ms`,
        note: this.t('loopNote'),
        values: past.loop,
        most: 20,
      },
    ];
  });
  protected readonly numbers = computed(() => {
    const counts = this.status.value()?.counts;
    const number = (value: number) => value.toLocaleString(this.#i18n.locale());
    return counts
      ? [
          { name: this.t('titles'), value: number(counts.titles) },
          { name: this.t('files'), value: number(counts.files) },
          { name: this.t('accounts'), value: number(counts.accounts) },
        ]
      : [];
  });
  protected readonly disks = computed(() =>
    (this.status.value()?.disks ?? []).map(({ name, totalBytes, freeBytes }) => ({
      name,
      percent: totalBytes > 0 ? Math.round((1 - freeBytes / totalBytes) * 100) : 0,
      text: this.t('diskFree', { free: this.bytes(freeBytes), total: this.bytes(totalBytes) }),
    })),
  );
  protected readonly uptime = computed(() =>
    this.t('uptime', { time: formatDuration(this.status.value()?.uptimeSeconds ?? 0, this.#i18n.locale()) }),
  );

  constructor() {
    whileVisible(everyMs, () => this.status.reload());
    effect(() => {
      const status = this.status.value();
      if (!status) return;
      untracked(() =>
        this.#past.update(({ memory, cpu, loop }) => ({
          memory: pushed(memory, status.memoryBytes, capacity),
          cpu: pushed(cpu, status.cpuPercent, capacity),
          loop: pushed(loop, status.eventLoopDelayMs, capacity),
        })),
      );
    });
  }

  protected bytes(value: number): string {
    return formatBytes(value, this.#i18n.locale());
  }
}
