import { Component, computed, effect, model, signal, untracked } from '@angular/core';
import { type Device, deviceRoutes } from '@hearth/contract/device';
import { titleRoutes } from '@hearth/contract/title';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { TextField } from '../ui/text-field';
import { deviceMessages } from './device-messages';

/** “What does this TV get”: how each file of a title reaches a device, and why. */
@Component({
  selector: 'app-device-gets',
  imports: [Dialog, Icon, TextField],
  templateUrl: './device-gets.html',
  styleUrl: './device-gets.css',
})
export class DeviceGets {
  protected readonly t = translator(deviceMessages);
  /** `null` while it is closed. */
  readonly device = model<Device | null>(null);
  protected readonly text = signal('');
  protected readonly titleId = signal<string | null>(null);
  protected readonly hits = resource(titleRoutes.search, () => {
    const q = this.text().trim();
    return q === '' ? undefined : { q, limit: 6 };
  });
  protected readonly titles = computed(() => this.hits.value()?.titles ?? []);
  protected readonly deliveries = resource(deviceRoutes.gets, () => {
    const [id, titleId] = [this.device()?.id, this.titleId()];
    return id && titleId ? { id, titleId } : undefined;
  });
  protected readonly heading = computed(() => this.t('getsHeading', { name: this.device()?.name ?? '' }));

  constructor() {
    effect(() => {
      this.device();
      untracked(() => {
        this.text.set('');
        this.titleId.set(null);
      });
    });
  }

  protected subtitlesOf(subtitles: readonly { language: string | null; way: string }[]): string {
    const list = subtitles.map(({ language, way }) => [language, way].filter(Boolean).join(': ')).join(', ');
    return this.t('subtitles', { list });
  }
}
