import { Component, output } from '@angular/core';
import { libraryRoutes } from '@hearth/contract/library';
import { resource } from '../core/api/resource';
import { translator } from '../core/i18n/i18n';
import { reloadOn } from '../core/live/reload-on';
import { Icon } from '../ui/icon';
import { LibraryProgress } from './library-progress';
import { setupMessages } from './messages';

/** What is going on while you could already be watching. */
@Component({
  selector: 'app-done-step',
  imports: [Icon, LibraryProgress],
  template: `
    @if (libraries.value()?.items; as items) {
      @if (items.length > 0) {
        <app-library-progress [libraries]="items" />
      } @else {
        <p class="card note">{{ t('doneEmpty') }}</p>
      }
    } @else {
      <div class="card skeleton" style="block-size: 6rem"></div>
    }
    <div class="actions">
      <button class="button primary large" type="button" (click)="done.emit()">
        <app-icon name="play_arrow-fill" />{{ t('toHome') }}
      </button>
    </div>
  `,
  styleUrl: './step.css',
})
export class DoneStep {
  readonly done = output();
  protected readonly t = translator(setupMessages);
  protected readonly libraries = resource(libraryRoutes.list, () => ({}));

  constructor() {
    reloadOn(['library.changed'], () => this.libraries.reload());
  }
}
