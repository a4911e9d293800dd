import { Component, inject } from '@angular/core';
import { Toasts } from '../core/toasts';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { UI_WORDS } from '../ui/words';

/** Shows the toasts and reads them out. */
@Component({
  selector: 'app-toast-outlet',
  imports: [Icon, IconButton],
  template: `
    <div class="stack" role="status" aria-live="polite" aria-atomic="false">
      @for (toast of toasts.list(); track toast.id) {
        <div class="toast" [class]="toast.tone">
          @if (toast.tone !== 'info') {
            <app-icon [name]="toast.tone === 'bad' ? 'error' : 'check_circle'" />
          }
          <span class="message">{{ toast.message }}</span>
          @if (toast.action; as action) {
            <button class="button quiet" type="button" (click)="action.run(); toasts.dismiss(toast.id)">
              {{ action.label }}
            </button>
          }
          <button
            appIconButton
            icon="close"
            [label]="words().close"
            (click)="toasts.dismiss(toast.id)"
          ></button>
        </div>
      }
    </div>
  `,
  styleUrl: './toast-outlet.css',
})
export class ToastOutlet {
  protected readonly toasts = inject(Toasts);
  protected readonly words = inject(UI_WORDS);
}
