import {
  Component,
  computed,
  ElementRef,
  afterRenderEffect,
  inject,
  input,
  linkedSignal,
  viewChild,
} from '@angular/core';
import { imageWidths, type Image } from '@hearth/contract/title';
import { decodeBlurhash } from './blurhash';

/** Pixels of the blurred preview: enough for a few soft spots. */
const previewWidth = 16;

/**
 * A picture that fills its parent: the blurred preview first, then the right size by `srcset`, faded in.
 * Decorative unless `alt` says otherwise (cards carry the name themselves).
 */
@Component({
  selector: 'app-picture',
  templateUrl: './picture.html',
  styleUrl: './picture.css',
  host: { '[style.background-color]': 'image().color' },
})
export class Picture {
  readonly image = input.required<Image>();
  /** How wide it is shown, as in the `sizes` attribute. */
  readonly sizes = input.required<string>();
  readonly alt = input('');
  /** For what is on the first screen: fetched at once and first. */
  readonly priority = input(false);

  protected readonly loaded = linkedSignal({ source: () => this.image().url, computation: () => false });
  protected readonly srcset = computed(() => sourceSet(this.image()));
  protected readonly src = computed(() => atWidth(this.image().url, 480));
  private readonly canvas = viewChild<ElementRef<HTMLCanvasElement>>('preview');
  private readonly img = viewChild<ElementRef<HTMLImageElement>>('img');
  readonly #host = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  constructor() {
    afterRenderEffect({
      write: () => {
        const element = this.canvas()?.nativeElement;
        if (element) this.#paint(element, this.image());
      },
    });
    // A picture from the cache may be there before anyone listens for `load`.
    afterRenderEffect(() => {
      this.image();
      const img = this.img()?.nativeElement;
      if (img?.complete) this.loaded.set(img.naturalWidth !== 0);
    });
  }

  protected failed(): void {
    // Its preview stays; the signature may have ended, the next reply brings a fresh one.
    this.#host.classList.add('failed');
  }

  #paint(canvas: HTMLCanvasElement, image: Image): void {
    const height = Math.max(1, Math.round((previewWidth * image.height) / Math.max(1, image.width)));
    const pixels = image.blurhash ? decodeBlurhash(image.blurhash, previewWidth, height) : null;
    if (!pixels) return;
    canvas.width = previewWidth;
    canvas.height = height;
    canvas.getContext('2d')?.putImageData(new ImageData(pixels, previewWidth, height), 0, 0);
  }
}

/** `url` at one of the served widths (px). */
export function atWidth(url: string, width: number): string {
  return `${url}${url.includes('?') ? '&' : '?'}width=${width}`;
}

/** Every served width up to the picture's own, and one above it so that nothing is lost. */
export function sourceSet(image: Image): string {
  const largest = imageWidths.find((width) => width >= image.width) ?? imageWidths[imageWidths.length - 1];
  return imageWidths
    .filter((width) => largest === undefined || width <= largest)
    .map((width) => `${atWidth(image.url, width)} ${width}w`)
    .join(', ');
}
