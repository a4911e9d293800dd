import { Component, computed } from '@angular/core';
import { type HardwareReport, systemRoutes } from '@hearth/contract/system';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { streamMessages } from './stream-messages';
import { ProblemState } from '../core/problem-state';
import { whileVisible } from '../core/while-visible';

type Family = HardwareReport['families'][number];

/** An encoder is left out and taken back while people watch (ms). */
const everyMs = 15_000;
const named = ['vaapi', 'qsv', 'nvenc', 'v4l2m2m'] as const;

/** Which encoders work on this machine, which not and why, and which one is used. */
@Component({
  selector: 'app-hardware-card',
  imports: [Icon, ProblemState],
  templateUrl: './hardware-card.html',
  styleUrl: './hardware-card.css',
})
export class HardwareCard {
  protected readonly t = translator(streamMessages);
  protected readonly hardware = resource(systemRoutes.hardware, () => ({}));

  protected readonly summary = computed(() => {
    const report = this.hardware.value()?.report;
    if (!report) return '';
    const byHardware = report.families.some(({ encoder }) => encoder === report.inUse);
    return this.t(byHardware ? 'byHardware' : 'bySoftware', { encoder: report.inUse });
  });
  protected readonly families = computed(() =>
    (this.hardware.value()?.report?.families ?? []).map((family) => ({
      family: family.family,
      name: this.#name(family),
      good: family.works && family.broken === null,
      state: this.#state(family),
      /** What ffmpeg said; that it was built without needs no more words. */
      said: family.broken ?? (family.listed ? (family.reason ?? '') : ''),
    })),
  );

  constructor() {
    whileVisible(everyMs, () => this.hardware.reload());
  }

  #name({ family }: Family): string {
    const key = named.find((one) => one === family);
    return key ? this.t(key) : family;
  }

  #state({ listed, works, broken }: Family): string {
    if (!listed) return this.t('notListed');
    if (!works) return this.t('fails');
    return this.t(broken === null ? 'works' : 'broken');
  }
}
