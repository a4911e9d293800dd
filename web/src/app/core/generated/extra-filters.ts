import { Component, computed, input, output } from '@angular/core';
import type { Extra } from '@hearth/contract/provider-manifest';
import { type FilterChoice, FilterMenu } from '../../ui/filter-menu';
import { Icon } from '../../ui/icon';
import { translator } from '../i18n/i18n';
import { chosen, type ExtraValues, rangeOf, rangeText, shownExtras, toggledId, valueOf } from './extra-state';
import { generatedMessages } from './messages';

interface Control {
  readonly extra: Extra;
  readonly label: string;
  readonly value: string;
  /** What its chip says. */
  readonly text: string;
  readonly choices: readonly FilterChoice<string>[];
  /** Ends of a range, empty where it is open. */
  readonly from: string;
  readonly to: string;
}

/** Controls for the filters a provider describes. Which there are, and what they mean, only the provider knows. */
@Component({
  selector: 'app-extra-filters',
  imports: [FilterMenu, Icon],
  templateUrl: './extra-filters.html',
  styleUrls: ['../../ui/chip.css', '../../ui/filter-bar.css', './extra-filters.css'],
})
export class ExtraFilters {
  readonly extras = input.required<readonly Extra[]>();
  readonly values = input.required<ExtraValues>();
  /** A filter was set; `''` takes it away. */
  readonly changed = output<Readonly<Record<string, string>>>();
  readonly cleared = output();
  protected readonly t = translator(generatedMessages);

  readonly #controls = computed(() =>
    shownExtras(this.extras(), this.values()).map((extra) => this.#control(extra)),
  );
  protected readonly filters = computed(() => this.#controls().filter(({ extra }) => extra.type !== 'sort'));
  protected readonly sorts = computed(() => this.#controls().filter(({ extra }) => extra.type === 'sort'));
  protected readonly set = computed(() =>
    this.filters().some(({ extra, value }) => value !== valueOf(extra, {})),
  );

  protected pick({ extra, value }: Control, id: string): void {
    this.#say(extra, extra.type === 'multiselect' ? toggledId(value, id) : id);
  }

  protected flip({ extra, value }: Control): void {
    this.#say(extra, value ? '' : 'true');
  }

  protected type({ extra }: Control, text: string): void {
    this.#say(extra, text.trim());
  }

  protected stretch({ extra }: Control, from: number, to: number): void {
    this.#say(extra, rangeText(extra, from, to));
  }

  #say({ name }: Extra, value: string): void {
    this.changed.emit({ [name]: value });
  }

  #control(extra: Extra): Control {
    const value = valueOf(extra, this.values());
    const label = extra.label ?? extra.name;
    const on = chosen(value);
    const full = extra.optionsLimit !== undefined && on.length >= extra.optionsLimit;
    const isSeveral = extra.type === 'multiselect';
    const isOn = (id: string) => (isSeveral ? on.includes(id) : id === value);
    const options = (extra.options ?? []).map((option) => ({
      value: option.id,
      text: option.label,
      on: isOn(option.id),
      disabled: isSeveral && full && !isOn(option.id),
    }));
    const [first, ...others] = options.filter((option) => option.on).map(({ text }) => text);
    const named = others.length > 0 ? `${first} +${others.length}` : first;
    const { from, to } = rangeOf(value);
    const end = (number: number) => (Number.isNaN(number) ? '' : String(number));
    return {
      ...{ extra, label, value, from: end(from), to: end(to) },
      text: named === undefined ? label : this.t('chosen', { label, value: named }),
      choices:
        isSeveral || extra.isRequired || extra.type === 'sort'
          ? options
          : [{ value: '', text: this.t('any'), on: !value }, ...options],
    };
  }
}
