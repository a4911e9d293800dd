import { stat } from 'node:fs/promises';
import { isAddress } from '../../common/bytes/media-address.js';
import type { MediaInput } from '../media-input.js';
import { HeadFailed } from './head-errors.js';

/** Makes sure that a file is still the one its segments and its table were made of. */
export class SourceGuard {
  private modifiedMs: number | undefined;

  constructor(private readonly input: MediaInput) {}

  /** @throws HeadFailed */
  async check(): Promise<void> {
    if (isAddress(this.input.path)) return;
    const { size, mtimeMs } = await stat(this.input.path).catch((error: unknown) => {
      throw new HeadFailed('source-missing', error instanceof Error ? error.message : '');
    });
    this.modifiedMs ??= mtimeMs;
    if (size !== this.input.media.size || mtimeMs !== this.modifiedMs) throw new HeadFailed('source-changed');
  }

  /** Another file lies there. One that is away may still be read by who has it open. */
  async wasReplaced(): Promise<boolean> {
    return this.check().then(
      () => false,
      (error: unknown) => error instanceof HeadFailed && error.reason === 'source-changed',
    );
  }
}
