/** One audio element. Two of them take turns, so that the next track is loaded before the one before it ends. */
export class Deck {
  readonly element = new Audio();
  #url = '';

  constructor() {
    this.element.preload = 'auto';
  }

  get url(): string {
    return this.#url;
  }

  load(url: string): void {
    if (url === this.#url) return;
    this.#url = url;
    this.element.src = url;
    this.element.load();
  }

  /** Silent, and holding nothing. */
  clear(): void {
    if (this.#url === '') return;
    this.#url = '';
    this.element.pause();
    this.element.removeAttribute('src');
    this.element.load();
  }

  get remaining(): number {
    const { duration, currentTime } = this.element;
    return Number.isFinite(duration) ? duration - currentTime : Infinity;
  }
}
