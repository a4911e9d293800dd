import { Component, inject, input } from '@angular/core';
import { musicRoutes } from '@hearth/contract/music';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { AbsentState } from '../core/absent-state';
import { PageTitle } from '../core/page-title';
import { paths } from '../core/paths';
import { Poster } from '../ui/poster';
import { CoverCard } from '../ui/cover-card';
import { musicMessages } from './messages';

/** Everything by one artist. */
@Component({
  selector: 'app-artist',
  imports: [AbsentState, CoverCard, Poster],
  template: `
    @if (artist.value(); as one) {
      <header>
        <div class="face">
          <app-poster shape="square" [image]="one.image" [name]="one.name" sizes="160px" />
        </div>
        <div>
          <h1>
            <bdi>{{ one.name }}</bdi>
          </h1>
          <p>
            {{ t('albumCount', { count: one.albumCount }) }} ·
            {{ t('trackCount', { count: one.trackCount }) }}
          </p>
        </div>
      </header>
      <div class="albums">
        @for (album of one.albums; track album.id) {
          <app-cover-card
            [name]="album.name"
            [note]="album.year ? album.year + '' : ''"
            [image]="album.cover"
            [link]="paths.album(album.id)"
            [available]="album.available"
          />
        }
      </div>
    } @else if (artist.problem(); as problem) {
      <app-absent-state
        icon="music_note"
        [heading]="t('failed')"
        [problem]="problem"
        [back]="paths.music()"
        [backText]="t('back')"
        (retry)="artist.reload()"
      />
    }
  `,
  styles: `
    header {
      display: flex;
      align-items: center;
      gap: 1.25rem;
      margin-block-end: 2rem;
    }
    .face + div {
      min-inline-size: 0;
      overflow-wrap: anywhere;
    }
    header p {
      color: var(--app-text-2);
    }
    .face {
      overflow: hidden;
      flex: none;
      inline-size: clamp(5rem, 14vw, 9rem);
      border-radius: 50%;
    }
    .albums {
      display: grid;
      grid-template-columns: repeat(auto-fill, minmax(min(10rem, 40vw), 1fr));
      gap: 1.25rem 1.125rem;
    }
  `,
  host: { class: 'page' },
})
export class Artist {
  readonly id = input.required<string>();
  protected readonly t = translator(musicMessages);
  protected readonly paths = paths;
  protected readonly artist = resource(musicRoutes.artist, () => ({ id: this.id() }));

  constructor() {
    inject(PageTitle).follow(() => this.artist.value()?.name);
    reloadOn(['library.changed'], () => this.artist.reload());
  }
}
