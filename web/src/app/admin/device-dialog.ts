import { Component, computed, effect, inject, input, model, output, signal, untracked } from '@angular/core';
import { type Device, deviceRoutes } from '@hearth/contract/device';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { Dialog } from '../ui/dialog';
import { SelectField } from '../ui/select-field';
import { TextField } from '../ui/text-field';
import { deviceMessages } from './device-messages';

/** What a device is called, and as what it is treated. */
@Component({
  selector: 'app-device-dialog',
  imports: [Dialog, SelectField, TextField],
  template: `
    <app-dialog
      [heading]="device()?.name ?? ''"
      [open]="device() !== null"
      (openChange)="$event || device.set(null)"
    >
      <form id="device-form" style="display: grid; gap: 1rem" (submit)="submit($event)">
        <app-text-field [label]="t('name')" [maxLength]="100" [(value)]="name" />
        <app-select-field [label]="t('profile')" [options]="options()" [(value)]="profile" />
        @if (trouble()) {
          <p role="alert" style="color: var(--app-bad)">{{ trouble() }}</p>
        }
      </form>
      <ng-container dialogActions>
        <button class="button quiet" type="button" (click)="device.set(null)">{{ t('cancel') }}</button>
        <button class="button primary" type="submit" form="device-form">{{ t('save') }}</button>
      </ng-container>
    </app-dialog>
  `,
})
export class DeviceDialog {
  readonly #api = inject(Api);
  readonly #words = problemWords();
  protected readonly t = translator(deviceMessages);
  /** `null` while it is closed. */
  readonly device = model<Device | null>(null);
  readonly profiles = input.required<readonly { id: string; name: string }[]>();
  readonly done = output();
  protected readonly name = signal('');
  /** Empty: recognised. */
  protected readonly profile = signal('');
  protected readonly trouble = signal('');
  protected readonly options = computed(() => [
    { value: '', name: this.t('profileAuto', { name: this.device()?.profileName ?? '' }) },
    ...this.profiles().map(({ id, name }) => ({ value: id, name })),
  ]);

  constructor() {
    effect(() => {
      const device = this.device();
      if (!device) return;
      untracked(() => {
        this.name.set(device.name);
        this.profile.set(device.profileFixed ? device.profileId : '');
        this.trouble.set('');
      });
    });
  }

  protected async submit(event: Event): Promise<void> {
    event.preventDefault();
    const device = this.device();
    if (!device) return;
    try {
      const change = { name: this.name().trim() || device.name, profileId: this.profile() || null };
      await this.#api.call(deviceRoutes.update, { id: device.id, ...change });
      this.device.set(null);
      this.done.emit();
    } catch (error) {
      this.trouble.set(this.#words.message(toProblem(error)));
    }
  }
}
