import type { SubtitleTrack } from '@hearth/contract/playback';
import type JASSUB from 'jassub';
import { asText, type DrawingPlace, type SubtitleDrawing } from './subtitle-drawing';
import { TextDrawing } from './subtitle-text';

/** ASS as its makers meant it, by libass in a worker: their styles and fonts, none of ours. */
export class AssDrawing implements SubtitleDrawing {
  readonly #stop = new AbortController();
  #renderer: JASSUB | undefined;
  #script = '';
  #plain: TextDrawing | undefined;
  #delay: number;

  constructor(
    private readonly track: SubtitleTrack,
    private readonly place: DrawingPlace,
  ) {
    this.#delay = place.delay;
    void this.#start();
  }

  setDelay(seconds: number): void {
    this.#delay = seconds;
    this.#plain?.setDelay(seconds);
    if (!this.#renderer) return;
    this.#renderer.timeOffset = -seconds;
    this.#draw(this.#renderer);
  }

  grow(): void {
    this.#plain?.grow();
    const renderer = this.#renderer;
    if (!renderer) return;
    textAt(this.track.url, this.#stop.signal).then(
      async (script) => {
        if (this.#isGone() || script === this.#script) return;
        this.#script = script;
        await renderer.renderer.setTrack(script);
        if (!this.#isGone()) this.#draw(renderer);
      },
      () => undefined, // the next time
    );
  }

  /** A canvas does not go into that window; the words do. */
  drawnByBrowser(yes: boolean): void {
    this.#plain?.destroy();
    this.#plain = undefined;
    if (!yes || this.#isGone()) return;
    const { video } = this.place;
    const quiet = { cues: () => {}, failed: () => {} };
    this.#plain = new TextDrawing(asText(this.track), { video, delay: this.#delay, ...quiet });
    this.#plain.drawnByBrowser(true);
  }

  destroy(): void {
    this.#stop.abort();
    this.#plain?.destroy();
    void this.#renderer?.destroy();
    this.#renderer = undefined;
  }

  async #start(): Promise<void> {
    const { signal } = this.#stop;
    try {
      const code = import('./subtitle-ass-renderer');
      const [{ assRenderer }, script, own, fallback] = await Promise.all([
        code,
        textAt(this.track.url, signal),
        Promise.all(this.place.fonts.map(({ url }) => fontAt(url, signal))),
        code.then(({ fallbackFont }) => fallbackFont(signal)),
      ]);
      if (this.#isGone()) return;
      const fonts = [...own.filter((font) => font !== undefined), fallback];
      const renderer = await assRenderer(this.place.video, script, fonts);
      if (this.#isGone()) return void renderer.destroy();
      this.#renderer = renderer;
      this.#script = script;
      renderer.timeOffset = -this.#delay;
      this.#draw(renderer);
    } catch {
      if (this.#isGone()) return;
      this.#stop.abort();
      this.place.failed();
    }
  }

  #isGone(): boolean {
    return this.#stop.signal.aborted;
  }

  /** Now, also while the film stands still. */
  #draw(renderer: JASSUB): void {
    const { videoWidth: width, videoHeight: height, currentTime: mediaTime } = this.place.video;
    if (width > 0)
      void renderer.manualRender({ expectedDisplayTime: performance.now(), width, height, mediaTime }, true);
  }
}

async function textAt(url: string, signal: AbortSignal): Promise<string> {
  const reply = await fetch(url, { signal });
  if (!reply.ok) throw new Error(`The subtitles answered ${reply.status}.`);
  return reply.text();
}

/** A font that does not come is one that another stands in for. */
async function fontAt(url: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
  try {
    const reply = await fetch(url, { signal });
    return reply.ok ? new Uint8Array(await reply.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}
