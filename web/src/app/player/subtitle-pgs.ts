import type { SubtitleTrack } from '@hearth/contract/playback';
import type { PgsRenderer } from 'libpgs';
import { followFrames } from './frame-clock';
import type { DrawingPlace, SubtitleDrawing } from './subtitle-drawing';

/** Pictures from a Blu-ray, drawn where the disc has them. */
export class PgsDrawing implements SubtitleDrawing {
  readonly #canvas: HTMLCanvasElement;
  #renderer: PgsRenderer | undefined;
  #unfollow = () => {};
  #gone = false;
  #delay: number;
  #at: number;

  constructor(
    { url }: SubtitleTrack,
    private readonly place: DrawingPlace,
  ) {
    this.#delay = place.delay;
    this.#at = place.video.currentTime;
    this.#canvas = canvasOver(place.video);
    void this.#start(url);
  }

  setDelay(seconds: number): void {
    this.#delay = seconds;
    this.#draw();
  }

  /** A canvas does not go into that window, and there are no words to put there. */
  drawnByBrowser(): void {}

  destroy(): void {
    this.#gone = true;
    this.#unfollow();
    this.#renderer?.dispose();
    this.#renderer = undefined;
    this.#canvas.remove();
  }

  async #start(url: string): Promise<void> {
    try {
      const { pgsRenderer } = await import('./subtitle-pgs-renderer');
      if (this.#gone) return;
      const renderer = (this.#renderer = pgsRenderer(this.#canvas));
      // It takes the first picture for drawn already until it was asked for another (libpgs 0.9.0).
      renderer.renderAtTimestamp(-1);
      // Pictures that came are drawn while the rest is still on its way.
      this.#unfollow = followFrames(this.place.video, (seconds) => {
        this.#at = seconds;
        this.#draw();
      });
      await renderer.loadFromUrl(new URL(url, document.baseURI).href);
      this.#draw();
    } catch {
      if (this.#gone) return;
      this.destroy();
      this.place.failed();
    }
  }

  #draw(): void {
    this.#renderer?.renderAtTimestamp(this.#at - this.#delay);
  }
}

/** The disc's picture is 16:9 whatever the film was cropped to: it is fitted into the stage, not onto the film. */
function canvasOver(video: HTMLVideoElement): HTMLCanvasElement {
  const canvas = video.ownerDocument.createElement('canvas');
  canvas.className = 'subtitle-pictures';
  Object.assign(canvas.style, {
    position: 'absolute',
    inset: '0',
    inlineSize: '100%',
    blockSize: '100%',
    objectFit: 'contain',
    pointerEvents: 'none',
  });
  video.after(canvas);
  return canvas;
}
