import { Component, computed, input, model, signal } from '@angular/core';
import type { TorrentFileInfo, TorrentFileKind } from '@hearth/contract/torrent';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import type { IconName } from '../ui/icon-names';
import { addMessages } from './add-messages';
import { sizeOf, usualPick } from './file-pick';
import { torrentWords } from './torrent-words';

export const kindIcons: Readonly<Record<TorrentFileKind, IconName>> = {
  video: 'movie',
  audio: 'audio_file',
  subtitle: 'subtitles',
  image: 'image',
  other: 'description',
};

/** So many rows at a time: a torrent may have thousands. */
const pageSize = 100;

/** Which files of a torrent are wanted. */
@Component({
  selector: 'app-file-picker',
  imports: [Icon],
  template: `
    <fieldset>
      <legend>
        {{ t('files') }} <span class="sum tabular">{{ summary() }}</span>
      </legend>
      <div class="quick">
        <button class="chip" type="button" (click)="chosen.set(usual())">{{ t('choosePlayable') }}</button>
        <button class="chip" type="button" (click)="chosen.set(all())">{{ t('chooseAll') }}</button>
        <button class="chip" type="button" (click)="chosen.set(none)">{{ t('chooseNone') }}</button>
      </div>
      <ul>
        @for (file of shown(); track file.index) {
          <li>
            <label>
              <input type="checkbox" [checked]="chosen().has(file.index)" (change)="toggle(file.index)" />
              <app-icon [name]="icons[file.kind]" />
              <span class="name" dir="auto"
                >{{ file.path }}
                <small>
                  <span class="visually-hidden">{{ t(file.kind) }}, </span>{{ words.bytes(file.size) }}
                  @if (file.index === best()) {
                    · {{ t('best') }}
                  }
                </small>
                @for (warning of file.warnings; track warning) {
                  <small class="warning">{{ t(warning === 'private' ? 'privateWarning' : warning) }}</small>
                }
              </span>
            </label>
          </li>
        }
      </ul>
      @if (shown().length < files().length) {
        <button class="button quiet" type="button" (click)="room.set(room() + page)">
          {{ t('moreFiles', { count: more() }) }}
        </button>
      }
    </fieldset>
  `,
  styleUrl: './file-picker.css',
})
export class FilePicker {
  readonly files = input.required<readonly TorrentFileInfo[]>();
  /** Index of the one that plays first. */
  readonly best = input<number | null>(null);
  readonly chosen = model.required<ReadonlySet<number>>();
  protected readonly t = translator(addMessages);
  protected readonly words = torrentWords();
  protected readonly icons = kindIcons;
  protected readonly page = pageSize;
  protected readonly none: ReadonlySet<number> = new Set();
  protected readonly room = signal(pageSize);
  protected readonly shown = computed(() => this.files().slice(0, this.room()));
  protected readonly more = computed(() => Math.min(pageSize, this.files().length - this.shown().length));
  protected readonly all = computed(() => new Set(this.files().map(({ index }) => index)));
  protected readonly usual = computed(() => usualPick(this.files()));
  protected readonly summary = computed(() =>
    this.t('filesChosen', {
      count: this.chosen().size,
      size: this.words.bytes(sizeOf(this.files(), this.chosen())),
    }),
  );

  protected toggle(index: number): void {
    const next = new Set(this.chosen());
    if (!next.delete(index)) next.add(index);
    this.chosen.set(next);
  }
}
