import type { Logger } from '../common/log/logger.js';

/** Lets a cache fail quietly: trouble is logged when it begins, not at every request, and again after it was over. */
export class TroubleLog {
  private isTroubled = false;

  constructor(
    private readonly logger: Logger,
    private readonly what: string,
  ) {}

  /** @returns what `work` gives, or `fallback` when it fails */
  async guard<T>(fallback: T, work: () => Promise<T>): Promise<T> {
    try {
      const result = await work();
      this.isTroubled = false;
      return result;
    } catch (error) {
      if (!this.isTroubled) this.logger.warn(`${this.what} does not work; going on without`, { error });
      this.isTroubled = true;
      return fallback;
    }
  }
}
