import { Component, computed, input, model } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { TextArea } from '../ui/text-area';
import { TextField } from '../ui/text-field';
import { type DraftField, numberFields, type TorrentDraft } from './torrent-draft';
import { torrentMessages } from './torrent-messages';

type Word = keyof (typeof torrentMessages)['en'];

interface About {
  readonly label: Word;
  readonly hint?: Word;
  /** How its number is typed, or how long its text may be; neither: line by line. */
  readonly inputMode?: 'numeric' | 'decimal';
  readonly maxLength?: number;
  /** What is said of a text that cannot be read; of numbers, their bounds are. */
  readonly fault?: Word;
}

/** Settings that are typed. */
const fields = {
  downloadLimit: { label: 'downloadLimit', hint: 'limitHint', inputMode: 'decimal' },
  uploadLimit: { label: 'uploadLimit', hint: 'limitHint', inputMode: 'decimal' },
  maxConnections: { label: 'maxConnections', inputMode: 'numeric' },
  maxPeers: { label: 'maxPeers', inputMode: 'numeric' },
  maxActive: { label: 'maxActive', inputMode: 'numeric' },
  port: { label: 'portField', hint: 'portHint', inputMode: 'numeric' },
  cacheBytes: { label: 'cacheBytes', hint: 'cacheHint', inputMode: 'decimal' },
  seedRatio: { label: 'seedRatio', hint: 'seedRatioHint', inputMode: 'decimal' },
  seedMinutes: { label: 'seedHours', hint: 'seedHoursHint', inputMode: 'decimal' },
  proxy: { label: 'proxy', hint: 'proxyHint', maxLength: 500, fault: 'faultProxy' },
  trackerListUrl: { label: 'trackerListUrl', hint: 'trackerListHint', maxLength: 2000, fault: 'faultUrl' },
  blockListUrl: { label: 'blockListUrl', maxLength: 2000, fault: 'faultUrl' },
  watchFolder: { label: 'watchFolder', hint: 'watchHint', maxLength: 4096, fault: 'faultPath' },
  extraTrackers: { label: 'extraTrackers', hint: 'onePerLine' },
  blockedTrackers: { label: 'blockedTrackers', hint: 'onePerLine' },
  blockedAddresses: { label: 'blockedAddresses', hint: 'addressesHint' },
} as const satisfies Partial<Record<DraftField, About>>;

/** One setting of torrents that is typed: `<app-torrent-field name="proxy" [(draft)]="draft" [wrong]="wrong()" />`. */
@Component({
  selector: 'app-torrent-field',
  imports: [TextArea, TextField],
  template: `
    @if (about().inputMode || about().maxLength) {
      <app-text-field
        [label]="t(about().label)"
        [hint]="hint()"
        [inputMode]="about().inputMode ?? null"
        [maxLength]="about().maxLength ?? null"
        [fault]="fault()"
        [value]="draft()[name()]"
        (valueChange)="type($event)"
      />
    } @else {
      <app-text-area
        [label]="t(about().label)"
        [hint]="hint()"
        [value]="draft()[name()]"
        (valueChange)="type($event)"
      />
    }
  `,
  styles: `
    :host {
      display: block;
      min-inline-size: 0;
    }
  `,
})
export class TorrentField {
  readonly name = input.required<keyof typeof fields>();
  readonly draft = model.required<TorrentDraft>();
  /** Fields that cannot be read. */
  readonly wrong = input<readonly DraftField[]>([]);
  protected readonly t = translator(torrentMessages);
  protected readonly about = computed<About>(() => fields[this.name()]);
  protected readonly hint = computed(() => {
    const { hint } = this.about();
    return hint ? this.t(hint) : '';
  });
  protected readonly fault = computed(() => {
    const name = this.name();
    if (!this.wrong().includes(name)) return '';
    const { fault } = this.about();
    if (fault) return this.t(fault);
    if (!(name in numberFields)) return '';
    const { least, most, optional } = numberFields[name as keyof typeof numberFields];
    return this.t(optional ? 'faultNumberOrNone' : 'faultNumber', { least, most });
  });

  protected type(text: string): void {
    this.draft.update((draft) => ({ ...draft, [this.name()]: text }));
  }
}
