import type { SubtitleTrack } from '@hearth/contract/playback';
import type { DrawingPlace, SubtitleDrawing } from './subtitle-drawing';

/**
 * WebVTT: the browser loads and times it, the layer over the picture draws it, so that size and place can be chosen.
 * The one `<track>` in the element: the others are not even downloaded.
 */
export class TextDrawing implements SubtitleDrawing {
  readonly #element: HTMLTrackElement;
  #loaded = false;
  /** Seconds its cues are late now, and are to be. */
  #shifted = 0;
  #delay: number;

  constructor(
    { label, language, url }: SubtitleTrack,
    private readonly place: Pick<DrawingPlace, 'video' | 'delay' | 'cues' | 'failed'>,
  ) {
    this.#delay = place.delay;
    const element = (this.#element = place.video.ownerDocument.createElement('track'));
    element.kind = 'subtitles';
    element.label = label;
    if (language) element.srclang = language;
    element.src = url;
    element.addEventListener('load', () => {
      this.#loaded = true;
      this.#shift();
    });
    element.addEventListener('error', () => element.isConnected && place.failed());
    element.track.addEventListener('cuechange', () => this.#read());
    place.video.append(element);
    element.track.mode = 'hidden';
  }

  setDelay(seconds: number): void {
    this.#delay = seconds;
    if (this.#loaded) this.#shift();
  }

  drawnByBrowser(yes: boolean): void {
    this.#element.track.mode = yes ? 'showing' : 'hidden';
  }

  destroy(): void {
    this.#element.remove();
    this.place.cues([]);
  }

  #read(): void {
    if (!this.#element.isConnected) return;
    this.place.cues([...(this.#element.track.activeCues ?? [])].filter((cue) => cue instanceof VTTCue));
  }

  #shift(): void {
    const seconds = this.#delay - this.#shifted;
    this.#shifted = this.#delay;
    if (seconds === 0) return;
    // The list is sorted by time: moving the later ones first keeps it so all the while.
    const cues = [...(this.#element.track.cues ?? [])];
    for (const cue of seconds > 0 ? cues.reverse() : cues) {
      cue.startTime += seconds;
      cue.endTime += seconds;
    }
    this.#read();
  }
}
