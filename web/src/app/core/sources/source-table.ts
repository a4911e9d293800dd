import { NgTemplateOutlet } from '@angular/common';
import { Component, computed, contentChild, inject, input, signal, TemplateRef } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { RankedSource, SearchPart } from '@hearth/contract/source';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/icon-button';
import type { IconName } from '../../ui/icon-names';
import { SelectField } from '../../ui/select-field';
import { formatBytes, formatDuration, formatLanguage } from '../format';
import { PartsLine } from '../found/parts-line';
import { I18n, translator } from '../i18n/i18n';
import { paths } from '../paths';
import { sourceMessages } from './messages';
import {
  bestFirst,
  isPlayable,
  nextOrder,
  ordered,
  providersOf,
  type SourceColumn,
  sourceColumns,
  winnerOf,
} from './source-order';

/** As people write them; others are shown as they are. */
const badgeNames: Readonly<Record<string, string>> = {
  ...{ '2160p': '4K', sd: 'SD', bluray: 'Blu-ray', remux: 'Remux', 'web-dl': 'WEB-DL', webrip: 'WEBRip' },
  ...{ hdtv: 'HDTV', dvd: 'DVD', vhs: 'VHS', cam: 'CAM', ts: 'TS', tc: 'TC' },
};
const icons: Readonly<Record<RankedSource['kind'], IconName>> = {
  file: 'hard_drive',
  torrent: 'hub',
  http: 'bolt',
  link: 'open_in_new',
};
/** Weaker reasons say little. */
const mostReasons = 4;

/**
 * Everything that can be played for a title, what is here and what was found, in one table: why each stands where it
 * does, and which Play takes. An `<ng-template let-source>` inside it stands before the button of the library's files.
 */
@Component({
  selector: 'app-source-table',
  imports: [Icon, IconButton, NgTemplateOutlet, PartsLine, RouterLink, SelectField],
  templateUrl: './source-table.html',
  styleUrl: './source-table.css',
})
export class SourceTable {
  readonly sources = input.required<readonly RankedSource[]>();
  readonly parts = input<readonly SearchPart[]>([]);
  readonly searching = input(false);
  /** Of what, where the page shows several things. */
  readonly of = input('');
  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(sourceMessages);
  protected readonly columns = sourceColumns;
  protected readonly order = signal(bestFirst);
  protected readonly fileTools = contentChild<TemplateRef<{ $implicit: RankedSource }>>(TemplateRef);
  protected readonly choices = computed(() =>
    sourceColumns.map((column) => ({ value: column, name: this.t(column) })),
  );

  protected readonly rows = computed(() => {
    const winner = winnerOf(this.sources());
    const shown = this.sources().filter((source) => source.kind !== 'file' || source.extraKind === null);
    return ordered(shown, this.order()).map((source) => this.#row(source, source === winner));
  });

  protected sort(column: SourceColumn): void {
    this.order.update((order) => nextOrder(order, column));
  }

  protected choose(value: string): void {
    const column = sourceColumns.find((one) => one === value);
    if (column && column !== this.order().column) this.sort(column);
  }

  protected ariaSort(column: SourceColumn): 'ascending' | 'descending' | null {
    const order = this.order();
    if (order.column !== column) return null;
    return order.descending ? 'descending' : 'ascending';
  }

  #row(source: RankedSource, isBest: boolean) {
    const locale = this.#locale();
    const { resolution, hdr, origin } = source.facts;
    const reasons = source.reasons.slice(0, mostReasons).map(({ code }) => this.t(code));
    const { startSeconds } = source;
    return {
      source,
      isBest,
      icon: icons[source.kind],
      kind: this.t(source.kind),
      name: source.kind === 'file' ? source.label || source.fileName : source.name,
      badges: [resolution, hdr, origin].flatMap((one) => (one === null ? [] : [badgeNames[one] ?? one])),
      size: source.size === null ? '' : formatBytes(source.size, locale),
      seeders:
        source.kind === 'torrent' && source.seeders !== null ? source.seeders.toLocaleString(locale) : '',
      languages: source.facts.languages.map((tag) => formatLanguage(tag, locale)).join(', '),
      providers: providersOf(source)
        .map(({ name }) => name)
        .join(', '),
      why: [
        ...reasons,
        ...(isBest && startSeconds !== null
          ? [this.t('starts', { time: formatDuration(startSeconds, locale) })]
          : []),
      ].join(' · '),
      link: isPlayable(source) ? linkOf(source) : null,
      address: source.kind === 'link' ? source.url : null,
    };
  }
}

/** Where it plays. */
export function linkOf(source: RankedSource): string {
  return source.kind === 'file' ? paths.watch('file', source.fileId) : paths.watch('source', source.id);
}
