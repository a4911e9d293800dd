import type { SubtitleTrack } from '@hearth/contract/playback';
import type { DrawingPlace, SubtitleDrawing } from './subtitle-drawing';

/**
 * WebVTT: the browser loads and times it, the layer over the picture draws it, so that size and place can be chosen.
 * The one `<track>` in the element: the others are not even downloaded.
 */
export class TextDrawing implements SubtitleDrawing {
  readonly #element: HTMLTrackElement;
  #fresh: HTMLTrackElement | undefined;
  #loaded = false;
  /** Seconds its cues are late now, and are to be. */
  #shifted = 0;
  #delay: number;

  constructor(
    private readonly track: SubtitleTrack,
    private readonly place: Pick<DrawingPlace, 'video' | 'delay' | 'cues' | 'failed'>,
  ) {
    this.#delay = place.delay;
    const element = (this.#element = this.#trackElement());
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

  /** Beside what is shown: a list that is loaded anew in its place would be empty for a moment. */
  grow(): void {
    if (!this.#loaded || this.#fresh) return;
    const fresh = (this.#fresh = this.#trackElement());
    const done = (): void => {
      fresh.remove();
      this.#fresh = undefined;
    };
    fresh.addEventListener('error', done);
    fresh.addEventListener('load', () => {
      this.#add([...(fresh.track.cues ?? [])]);
      done();
    });
    this.place.video.append(fresh);
    fresh.track.mode = 'hidden';
  }

  destroy(): void {
    this.#fresh?.remove();
    this.#element.remove();
    this.place.cues([]);
  }

  #trackElement(): HTMLTrackElement {
    const { label, language, url } = this.track;
    const element = this.place.video.ownerDocument.createElement('track');
    element.kind = 'subtitles';
    element.label = label;
    if (language) element.srclang = language;
    element.src = url;
    return element;
  }

  #add(cues: readonly TextTrackCue[]): void {
    const { track } = this.#element;
    const nameOf = ({ startTime, endTime, text }: VTTCue, late: number): string =>
      `${Math.round((startTime - late) * 1000)} ${Math.round((endTime - late) * 1000)} ${text}`;
    const isText = (cue: TextTrackCue): cue is VTTCue => cue instanceof VTTCue;
    const known = new Set([...(track.cues ?? [])].filter(isText).map((cue) => nameOf(cue, this.#shifted)));
    for (const cue of cues.filter(isText)) {
      if (known.has(nameOf(cue, 0))) continue;
      const late = new VTTCue(cue.startTime + this.#shifted, cue.endTime + this.#shifted, cue.text);
      track.addCue(Object.assign(late, { snapToLines: cue.snapToLines, line: cue.line, align: cue.align }));
    }
    this.#read();
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
