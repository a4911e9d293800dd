/** Shows what the set-up does: one line a step, a live line on a terminal. All of it goes to standard error, so
 * that programs which print data (parse-names) stay clean. */

const seconds = (/** @type {number} */ since) => ((performance.now() - since) / 1000).toFixed(1);
const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
/** Without a terminal a long step says that it is alive; npm and CI logs otherwise look stuck. */
const HEARTBEAT_MS = 20_000;

export class Progress {
  /** @type {Map<string, number>} */
  #running = new Map();
  #frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  #timer;

  /** @param {{out?: NodeJS.WriteStream}} [options] */
  constructor({ out = process.stderr } = {}) {
    this.out = out;
    this.live = Boolean(out.isTTY) && !process.env['CI'];
  }

  /** @param {string} text */
  line(text) {
    this.#erase();
    this.out.write(`${text}\n`);
    this.#draw();
  }

  /**
   * @template T
   * @param {string} label
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(label, work) {
    const since = performance.now();
    this.#running.set(label, since);
    if (!this.live) this.line(`  · ${label} …`);
    this.#tick();
    try {
      const result = await work();
      this.#running.delete(label);
      this.line(`  ✓ ${label} (${seconds(since)} s)`);
      return result;
    } catch (error) {
      this.#running.delete(label);
      this.line(`  ✗ ${label} (${seconds(since)} s)`);
      throw error;
    } finally {
      if (this.#running.size === 0) this.stop();
    }
  }

  stop() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#erase();
  }

  #tick() {
    this.#timer ??= setInterval(
      () => {
        this.#frame++;
        if (this.live) this.#draw();
        else
          for (const [label, since] of this.#running)
            this.out.write(`    still at it: ${label}, ${seconds(since)} s\n`);
      },
      this.live ? 100 : HEARTBEAT_MS,
    );
  }

  #erase() {
    if (this.live) this.out.write('\r\x1b[2K');
  }

  #draw() {
    if (!this.live || this.#running.size === 0) return;
    const steps = [...this.#running].map(([label, since]) => `${label} ${seconds(since)} s`).join(' · ');
    const width = Math.max(20, (this.out.columns ?? 80) - 4);
    this.out.write(`\r\x1b[2K  ${FRAMES[this.#frame % FRAMES.length]} ${steps.slice(0, width)}`);
  }
}
