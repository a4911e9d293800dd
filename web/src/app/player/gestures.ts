/** What a touch on the picture means. */
export type TapMeaning = 'controls' | 'back' | 'on';

/** Two taps within this time (ms) at the same side are one gesture; every further one goes on with it. */
const doubleTapMs = 300;
/** The outer parts of the picture that skip; the middle only shows the controls. */
const sidePart = 0.35;

/** Tells taps from double taps. `x` and `width` in pixels, time in ms. */
export class TapReader {
  #last = { at: -Infinity, side: 'middle' as Side };

  tap(x: number, width: number, at: number): TapMeaning {
    const side = sideOf(x, width);
    const again = at - this.#last.at < doubleTapMs && side === this.#last.side && side !== 'middle';
    this.#last = { at, side };
    if (!again) return 'controls';
    return side === 'start' ? 'back' : 'on';
  }
}

type Side = 'start' | 'middle' | 'end';

function sideOf(x: number, width: number): Side {
  if (x < width * sidePart) return 'start';
  return x > width * (1 - sidePart) ? 'end' : 'middle';
}
