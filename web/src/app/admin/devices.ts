import { Component, computed, inject, signal } from '@angular/core';
import { accountRoutes } from '@hearth/contract/account';
import { type Device, deviceRoutes, type DeviceViewer } from '@hearth/contract/device';
import { Api } from '../core/api/api';
import { resource } from '../core/api/resource';
import { formatAgo, formatClock } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { ProblemState } from '../core/problem-state';
import { Toasts } from '../core/toasts';
import { EmptyState } from '../ui/empty-state';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { SelectField } from '../ui/select-field';
import { DeviceDialog } from './device-dialog';
import { DeviceGets } from './device-gets';
import { deviceMessages } from './device-messages';
import { DoctorCard } from './doctor-card';

/** A person's own value among the choices must not be taken for one of the two shared ones. */
const person = 'person:';

/** Televisions that came over DLNA: whose they are, what they get, and why one may not find the server. */
@Component({
  selector: 'app-devices',
  imports: [
    DeviceDialog,
    DeviceGets,
    DoctorCard,
    EmptyState,
    Icon,
    IconButton,
    Menu,
    ProblemState,
    SelectField,
  ],
  templateUrl: './devices.html',
  styleUrl: './devices.css',
})
export class Devices {
  readonly #api = inject(Api);
  readonly #toasts = inject(Toasts);
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(deviceMessages);
  protected readonly devices = resource(deviceRoutes.list, () => ({}));
  readonly #people = resource(accountRoutes.users, () => ({}));
  protected readonly editing = signal<Device | null>(null);
  protected readonly looking = signal<Device | null>(null);

  protected readonly profiles = computed(() => this.devices.value()?.profiles ?? []);
  protected readonly viewers = computed(() => [
    { value: 'household', name: this.t('household') },
    { value: 'kids', name: this.t('kids') },
    ...(this.#people.value()?.items ?? []).map(({ id, username }) => ({
      value: person + id,
      name: username,
    })),
  ]);
  protected readonly rows = computed(() =>
    (this.devices.value()?.items ?? []).map((device) => ({
      device,
      viewer: device.viewer.kind === 'person' ? person + device.viewer.accountId : device.viewer.kind,
      note: [
        device.profileName,
        device.address,
        device.playing
          ? this.t('playing', {
              name: device.playing.titleName,
              clock: formatClock(device.playing.positionSeconds),
            })
          : this.t('seen', { when: formatAgo(device.lastSeenAt, this.#locale()) }),
      ].join(' · '),
    })),
  );

  constructor() {
    reloadOn(['device.updated'], () => this.devices.reload());
  }

  protected bind(device: Device, value: string): void {
    const viewer: DeviceViewer = value.startsWith(person)
      ? { kind: 'person', accountId: value.slice(person.length) }
      : { kind: value === 'kids' ? 'kids' : 'household' };
    this.change(device, { viewer });
  }

  protected change(device: Device, change: Partial<Pick<Device, 'viewer' | 'access'>>): void {
    this.devices.update((all) => ({
      ...all,
      items: all.items.map((one) => (one.id === device.id ? { ...one, ...change } : one)),
    }));
    this.#try(this.#api.call(deviceRoutes.update, { id: device.id, ...change }));
  }

  protected forget({ id }: Device): void {
    this.devices.update((all) => ({ ...all, items: all.items.filter((one) => one.id !== id) }));
    this.#try(this.#api.call(deviceRoutes.remove, { id }));
  }

  #try(done: Promise<unknown>): void {
    done
      .catch((error: unknown) => this.#toasts.failed(this.t('actionFailed'), error))
      .finally(() => this.devices.reload());
  }
}
