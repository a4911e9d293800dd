import {
  afterNextRender,
  Component,
  computed,
  effect,
  type ElementRef,
  inject,
  input,
  output,
  viewChild,
} from '@angular/core';
import { DOCUMENT } from '@angular/core';
import type { Photo } from '@hearth/contract/photo';
import { formatDate } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { IconButton } from '../ui/icon-button';
import { atWidth, Picture } from '../ui/picture';
import { photoMessages } from './messages';

/** How far a finger must go to turn the page (px). */
const swipe = 60;

/** One photo on the whole screen: keys, swipes and a remote's arrows go through the album. */
@Component({
  selector: 'app-photo-viewer',
  imports: [IconButton, Picture],
  templateUrl: './photo-viewer.html',
  styleUrl: './photo-viewer.css',
  host: { '(keydown)': 'key($event)', '(pointerdown)': 'touch($event)', '(pointerup)': 'lift($event)' },
})
export class PhotoViewer {
  readonly photo = input.required<Photo>();
  readonly place = input.required<number>();
  readonly total = input.required<number>();
  /** Loaded in advance. */
  readonly next = input<Photo>();
  readonly step = output<1 | -1>();
  readonly closed = output();

  readonly #locale = inject(I18n).locale;
  protected readonly t = translator(photoMessages);
  private readonly dialog = viewChild.required<ElementRef<HTMLDialogElement>>('dialog');
  #from: number | undefined;

  protected readonly facts = computed(() => {
    const { name, takenAt, camera } = this.photo();
    return [name, formatDate(takenAt, this.#locale(), 'long'), camera].filter(Boolean).join(' · ');
  });
  /** As large as the screen allows without leaving the photo's shape. */
  protected readonly ratio = computed(
    () => this.photo().image.width / Math.max(1, this.photo().image.height),
  );

  constructor() {
    const document = inject(DOCUMENT);
    afterNextRender(() => this.dialog().nativeElement.showModal());
    effect(() => {
      const next = this.next();
      if (!next) return;
      const image = document.createElement('img');
      image.src = atWidth(next.image.url, 1920);
    });
  }

  protected key(event: KeyboardEvent): void {
    if (event.key === 'ArrowRight' || event.key === 'PageDown') this.turn(1);
    else if (event.key === 'ArrowLeft' || event.key === 'PageUp') this.turn(-1);
    else return;
    event.preventDefault();
  }

  protected turn(by: 1 | -1): void {
    const place = this.place() + by;
    if (place >= 1 && place <= this.total()) this.step.emit(by);
  }

  protected touch(event: PointerEvent): void {
    if (event.pointerType === 'touch') this.#from = event.clientX;
  }

  protected lift(event: PointerEvent): void {
    const way = this.#from === undefined ? 0 : event.clientX - this.#from;
    this.#from = undefined;
    if (Math.abs(way) > swipe) this.turn(way < 0 ? 1 : -1);
  }
}
