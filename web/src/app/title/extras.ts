import { Component, inject, input } from '@angular/core';
import type { Image, TitleDetail } from '@hearth/contract/title';
import { formatDuration } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Carousel } from '../ui/carousel';
import { StillCard } from '../ui/still-card';
import { titleMessages } from './messages';

/** Trailers, making-ofs and deleted scenes that lie beside the film. */
@Component({
  selector: 'app-extras',
  imports: [Carousel, StillCard],
  template: `
    @if (extras().length > 0) {
      <app-carousel class="wide" key="extras" [heading]="t('extras')">
        @for (extra of extras(); track extra.fileId) {
          <app-still-card [name]="extra.name" [note]="noteOf(extra)" [image]="art()" [link]="linkOf(extra)" />
        }
      </app-carousel>
    }
  `,
})
export class Extras {
  readonly extras = input.required<TitleDetail['extras']>();
  readonly art = input.required<Image | null>();
  readonly #i18n = inject(I18n);
  protected readonly t = translator(titleMessages);

  protected noteOf(extra: TitleDetail['extras'][number]): string {
    return extra.durationSeconds ? formatDuration(extra.durationSeconds, this.#i18n.locale()) : '';
  }

  protected linkOf(extra: TitleDetail['extras'][number]): string {
    return paths.watch('file', extra.fileId);
  }
}
