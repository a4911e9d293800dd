import { Component, computed, inject, input, output } from '@angular/core';
import type { FolderListing } from '@hearth/contract/system';
import { Icon } from './icon';
import { UI_WORDS } from './words';

/** The server’s folders, one level at a time: where you are above, where you can go below. */
@Component({
  selector: 'app-folder-list',
  imports: [Icon],
  template: `
    <nav class="crumbs" [attr.aria-label]="words().folders">
      @for (crumb of crumbs(); track crumb.path; let last = $last) {
        <button type="button" [attr.aria-current]="last ? 'location' : null" (click)="go.emit(crumb.path)">
          {{ crumb.name }}
        </button>
        @if (!last) {
          <app-icon class="directional" name="chevron_right" />
        }
      }
    </nav>
    <ul [attr.aria-label]="words().folders" [attr.aria-busy]="loading()">
      @if (listing(); as listing) {
        @if (listing.parent; as parent) {
          <li>
            <button type="button" class="row" (click)="go.emit(parent)">
              <app-icon name="arrow_upward" />{{ words().folderUp }}
            </button>
          </li>
        }
        @for (folder of listing.folders; track folder.path) {
          <li>
            <button type="button" class="row" (click)="go.emit(folder.path)">
              <app-icon name="folder" /><span>{{ folder.name }}</span
              ><app-icon class="directional far" name="chevron_right" />
            </button>
          </li>
        } @empty {
          <li class="note">{{ words().noFolders }}</li>
        }
        @if (listing.truncated) {
          <li class="note">{{ words().moreFolders }}</li>
        }
      } @else {
        @for (width of [60, 42, 74, 51]; track width) {
          <li class="skeleton" [style.inline-size.%]="width"></li>
        }
      }
    </ul>
    @if (samples()) {
      <p class="samples"><app-icon name="video_file" />{{ words().folderContains }} {{ samples() }}</p>
    }
  `,
  styleUrl: './folder-list.css',
})
export class FolderList {
  readonly listing = input.required<FolderListing | undefined>();
  readonly loading = input(false);
  /** A folder was opened: show it. */
  readonly go = output<string>();
  protected readonly words = inject(UI_WORDS);

  protected readonly samples = computed(() => this.listing()?.sampleFiles.join(', ') ?? '');
  protected readonly crumbs = computed(() => {
    const parts = (this.listing()?.path ?? '/').split('/').filter(Boolean);
    return [
      { name: '/', path: '/' },
      ...parts.map((name, at) => ({ name, path: `/${parts.slice(0, at + 1).join('/')}` })),
    ];
  });
}
