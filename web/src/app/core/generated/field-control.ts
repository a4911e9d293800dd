import { Component, computed, input, output } from '@angular/core';
import type { Field } from '@hearth/contract/provider-manifest';
import { Icon } from '../../ui/icon';
import { SelectField } from '../../ui/select-field';
import { Switch } from '../../ui/switch';
import { TextField } from '../../ui/text-field';
import { translator } from '../i18n/i18n';
import type { FieldValue } from './field-draft';
import { generatedMessages } from './messages';

let lastId = 0;

/** One setting, in the control that its kind asks for. */
@Component({
  selector: 'app-field-control',
  imports: [Icon, SelectField, Switch, TextField],
  templateUrl: './field-control.html',
  styleUrl: './field-control.css',
  host: { '[class.faulty]': '!!fault()' },
})
export class FieldControl {
  readonly field = input.required<Field>();
  readonly value = input.required<FieldValue>();
  /** What is wrong with it, in words. */
  readonly fault = input('');
  /** A password: one is set. */
  readonly secretSet = input(false);
  /** A password: it is to be forgotten. */
  readonly forgotten = input(false);
  readonly valueChange = output<FieldValue>();
  readonly forgottenChange = output<boolean>();
  protected readonly t = translator(generatedMessages);
  protected readonly id = `field-control-${++lastId}`;

  protected readonly text = computed(() => {
    const value = this.value();
    return typeof value === 'string' ? value : '';
  });
  protected readonly on = computed(() => this.value() === true);
  protected readonly ids = computed(() => {
    const value = this.value();
    return typeof value === 'string' || typeof value === 'boolean' ? [] : value;
  });
  protected readonly choices = computed(() => {
    const { options = [], required } = this.field();
    const named = options.map(({ id, label }) => ({ value: id, name: label }));
    // Where one is needed and chosen, there is no way back to none.
    if (required && this.text()) return named;
    return [{ value: '', name: required ? this.t('choose') : '–' }, ...named];
  });
  protected readonly hint = computed(() => {
    const { type, help = '' } = this.field();
    if (type !== 'password' || !this.secretSet()) return help;
    return [this.t(this.forgotten() ? 'willForget' : 'isSet'), help].filter(Boolean).join(' ');
  });

  protected toggle(id: string): void {
    const ids = this.ids();
    this.valueChange.emit(ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]);
  }
}
