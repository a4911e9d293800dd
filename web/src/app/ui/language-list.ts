import { Component, computed, input, model } from '@angular/core';
import { Icon } from './icon';

/** BCP 47 tags of the languages films mostly come in. */
const common =
  'ar bg ca cs da de el en es et fa fi fr he hi hr hu id is it ja ko lt lv nb nl pl pt ro ru sk sl sr sv ta te th tr uk vi zh'.split(
    ' ',
  );

let lastId = 0;

/** Languages by preference, first choice first: chips that can be taken out, and a list to add from. */
@Component({
  selector: 'app-language-list',
  imports: [Icon],
  template: `
    <div class="field" role="group" [attr.aria-labelledby]="id">
      <span class="label" [id]="id">{{ label() }}</span>
      <div class="row">
        @for (tag of value(); track tag) {
          <button
            type="button"
            class="chip on"
            [attr.aria-label]="removeLabel() + ': ' + nameOf(tag)"
            (click)="remove(tag)"
          >
            {{ nameOf(tag) }}<app-icon name="close" />
          </button>
        }
        <span class="add">
          <app-icon name="add" />
          <select
            #select
            class="chip"
            [attr.aria-label]="addLabel()"
            (change)="add(select.value); select.value = ''"
          >
            <option value="">{{ addLabel() }}</option>
            @for (option of offered(); track option.tag) {
              <option [value]="option.tag">{{ option.name }}</option>
            }
          </select>
        </span>
      </div>
      @if (hint()) {
        <span class="hint">{{ hint() }}</span>
      }
    </div>
  `,
  styles: `
    :host {
      display: block;
    }
    .row {
      display: flex;
      flex-wrap: wrap;
      gap: 0.5rem;
    }
    .chip {
      min-block-size: 2.75rem;
    }
    app-icon {
      inline-size: 1.125rem;
      block-size: 1.125rem;
    }
    .add {
      position: relative;
      display: inline-flex;
    }
    .add app-icon {
      position: absolute;
      inset-block: 0;
      inset-inline-start: 0.75rem;
      margin-block: auto;
      color: var(--app-text-2);
      pointer-events: none;
    }
    select {
      appearance: none;
      max-inline-size: 13rem;
      padding-inline-start: 2.25rem;
      border-style: dashed;
      border-color: var(--app-line-strong);
      background: transparent;
    }
    option {
      background: var(--app-surface-1);
      color: var(--app-text);
    }
  `,
})
export class LanguageList {
  readonly label = input.required<string>();
  readonly hint = input('');
  readonly addLabel = input.required<string>();
  readonly removeLabel = input.required<string>();
  /** Names are shown in this language. */
  readonly locale = input.required<string>();
  readonly value = model.required<readonly string[]>();
  protected readonly id = `language-list-${++lastId}`;

  readonly #names = computed(() => new Intl.DisplayNames(this.locale(), { type: 'language' }));
  protected readonly offered = computed(() =>
    common
      .filter((tag) => !this.value().includes(tag))
      .map((tag) => ({ tag, name: this.nameOf(tag) }))
      .sort((a, b) => a.name.localeCompare(b.name, this.locale())),
  );

  protected nameOf(tag: string): string {
    return this.#names().of(tag) ?? tag;
  }

  protected add(tag: string): void {
    if (tag && this.value().length < 10) this.value.update((tags) => [...tags, tag]);
  }

  protected remove(tag: string): void {
    this.value.update((tags) => tags.filter((other) => other !== tag));
  }
}
