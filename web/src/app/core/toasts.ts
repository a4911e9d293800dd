import { Injectable, signal } from '@angular/core';
import { toProblem } from './api/problem';

export interface Toast {
  readonly id: number;
  readonly tone: 'info' | 'good' | 'bad';
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** How long a toast stays (ms); one with an action stays longer, so that it can be reached. */
const shortMs = 5000;
const longMs = 10_000;

/** Short messages at the edge of the screen. */
@Injectable({ providedIn: 'root' })
export class Toasts {
  readonly #list = signal<readonly Toast[]>([]);
  readonly list = this.#list.asReadonly();
  #lastId = 0;

  show(message: string, options: Partial<Pick<Toast, 'tone' | 'action'>> = {}): number {
    const id = ++this.#lastId;
    const toast: Toast = { id, tone: options.tone ?? 'info', message, action: options.action };
    // Three at once are enough to read.
    this.#list.update((list) => [...list.slice(-2), toast]);
    setTimeout(() => this.dismiss(id), options.action ? longMs : shortMs);
    return id;
  }

  /** After something was done that can be taken back. */
  undoable(message: string, label: string, undo: () => void): number {
    return this.show(message, { action: { label, run: undo } });
  }

  /** After something failed: `message` says what, the server's own words say why. */
  failed(message: string, error: unknown): number {
    const { detail } = toProblem(error);
    return this.show(detail ? `${message} ${detail}` : message, { tone: 'bad' });
  }

  dismiss(id: number): void {
    this.#list.update((list) => list.filter((toast) => toast.id !== id));
  }
}
