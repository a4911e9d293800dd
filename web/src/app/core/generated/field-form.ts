import { NgTemplateOutlet } from '@angular/common';
import {
  afterNextRender,
  Component,
  computed,
  ElementRef,
  inject,
  Injector,
  input,
  linkedSignal,
  output,
  signal,
} from '@angular/core';
import type { Field, ProviderConfig } from '@hearth/contract/provider-manifest';
import { Icon } from '../../ui/icon';
import { translator } from '../i18n/i18n';
import { FieldControl } from './field-control';
import { configOf, draftOf, faultOf, type FieldValue, shownFields } from './field-draft';
import { generatedMessages } from './messages';

/** A form for the settings a provider describes. The button that sends it lies outside: `<button type="submit" form="…">`. */
@Component({
  selector: 'app-field-form',
  imports: [FieldControl, Icon, NgTemplateOutlet],
  templateUrl: './field-form.html',
  styleUrl: './field-form.css',
})
export class FieldForm {
  readonly formId = input.required<string>();
  readonly fields = input.required<readonly Field[]>();
  readonly config = input.required<ProviderConfig>();
  /** Names of the passwords that are set. */
  readonly secretsSet = input<readonly string[]>([]);
  /** All is well: what the server is to be told. */
  readonly filled = output<ProviderConfig>();

  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  readonly #injector = inject(Injector);
  protected readonly t = translator(generatedMessages);
  protected readonly draft = linkedSignal(() => draftOf(this.fields(), this.config()));
  protected readonly forgotten = signal<ReadonlySet<string>>(new Set());
  readonly #tried = signal(false);
  /** Opened by hand, or because something in it is wrong. */
  protected readonly unfolded = signal(false);

  readonly #controls = computed(() =>
    shownFields(this.fields(), this.draft()).map((field) => ({
      field,
      value: this.draft()[field.name] ?? '',
      secretSet: field.type === 'password' && this.secretsSet().includes(field.name),
      fault: this.#tried() ? this.#words(field) : '',
    })),
  );
  protected readonly plain = computed(() => this.#controls().filter(({ field }) => !field.advanced));
  protected readonly advanced = computed(() => this.#controls().filter(({ field }) => field.advanced));

  protected set({ name }: Field, value: FieldValue): void {
    this.draft.update((draft) => ({ ...draft, [name]: value }));
  }

  protected forget({ name }: Field, forget: boolean): void {
    this.forgotten.update((names) => {
      const others = [...names].filter((other) => other !== name);
      return new Set(forget ? [...others, name] : others);
    });
  }

  protected submit(event: Event): void {
    event.preventDefault();
    this.#tried.set(true);
    if (this.#controls().every(({ fault }) => !fault))
      return this.filled.emit(configOf(this.fields(), this.draft(), this.config(), this.forgotten()));
    if (this.advanced().some(({ fault }) => fault)) this.unfolded.set(true);
    afterNextRender(
      () => this.#host.querySelector<HTMLElement>('.faulty :is(input, select, button)')?.focus(),
      { injector: this.#injector },
    );
  }

  #words(field: Field): string {
    const kept = this.secretsSet().includes(field.name) && !this.forgotten().has(field.name);
    const fault = faultOf(field, this.draft(), kept);
    return fault ? this.t(fault, { min: field.min ?? 0, max: field.max ?? 0 }) : '';
  }
}
