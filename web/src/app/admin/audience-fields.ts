import { Component, computed, model } from '@angular/core';
import { type Library, libraryRoutes } from '@hearth/contract/library';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { SelectField, type SelectOption } from '../ui/select-field';
import { Switch } from '../ui/switch';
import { limitsMessages } from './limits-messages';

/** What somebody may see: up to which age, and which libraries. */
@Component({
  selector: 'app-audience-fields',
  imports: [SelectField, Switch],
  template: `
    <app-select-field [label]="t('age')" [hint]="t('ageHint')" [options]="ages()" [(value)]="age" />
    <fieldset>
      <legend>{{ t('librariesSeen') }}</legend>
      @for (library of libraries.value()?.items; track library.id) {
        <app-switch
          [label]="library.name"
          [value]="!hiddenIds().includes(library.id)"
          (valueChange)="show(library, $event)"
        />
      } @empty {
        @if (libraries.problem()) {
          <p>{{ t('librariesFailed') }}</p>
        } @else if (libraries.value()) {
          <p>{{ t('noLibraries') }}</p>
        } @else {
          <div class="skeleton" aria-busy="true"></div>
        }
      }
      <p>{{ t('librariesHint') }}</p>
    </fieldset>
  `,
  styles: `
    :host {
      display: grid;
      gap: 1rem;
    }
    fieldset {
      display: grid;
      min-inline-size: 0;
      margin: 0;
      padding: 0;
      border: 0;
    }
    legend {
      padding: 0 0 0.25rem;
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
      font-weight: 550;
    }
    app-switch {
      color: var(--app-text);
      overflow-wrap: anywhere;
    }
    p {
      padding-block-start: 0.25rem;
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
    }
    .skeleton {
      block-size: 2.75rem;
      border-radius: var(--app-radius-sm);
    }
  `,
})
export class AudienceFields {
  protected readonly t = translator(limitsMessages);
  /** Years as text; empty is no limit. */
  readonly age = model.required<string>();
  readonly hiddenIds = model.required<readonly string[]>();
  protected readonly libraries = resource(libraryRoutes.list, () => ({}));
  protected readonly ages = computed<readonly SelectOption[]>(() => {
    const known = [
      { value: '', name: this.t('everything') },
      { value: '0', name: this.t('age0') },
      { value: '6', name: this.t('age6') },
      { value: '12', name: this.t('age12') },
      { value: '16', name: this.t('age16') },
      { value: '18', name: this.t('age18') },
    ];
    const age = this.age();
    // Set by another program: shown as it is, and kept unless another is chosen.
    return known.some(({ value }) => value === age)
      ? known
      : [...known, { value: age, name: this.t('ageOther', { age }) }];
  });

  protected show({ id }: Library, seen: boolean): void {
    const others = this.hiddenIds().filter((hidden) => hidden !== id);
    this.hiddenIds.set(seen ? others : [...others, id]);
  }
}
