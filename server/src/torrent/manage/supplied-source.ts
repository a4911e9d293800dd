import type { ByteSource } from '../../common/bytes/byte-source.js';
import type { EngineSupply } from './engine-supply.service.js';

/** A file of a torrent that stays good over rests of the engine: it is started again for who reads on. */
export class SuppliedSource implements ByteSource {
  readonly size: number;
  readonly etag: string;
  readonly lastModified: Date;

  constructor(
    private source: ByteSource,
    private readonly supply: Pick<EngineSupply, 'have' | 'read' | 'run'>,
    private readonly infoHash: string,
    private readonly reopen: () => Promise<ByteSource>,
    private opened = supply.run,
  ) {
    this.size = source.size;
    this.etag = source.etag;
    this.lastModified = source.lastModified;
  }

  async *read(start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
    const release = this.supply.read(this.infoHash);
    try {
      await this.supply.have(this.infoHash);
      if (this.opened !== this.supply.run) await this.openAgain();
      yield* this.source.read(start, end, signal);
    } finally {
      release();
    }
  }

  close(): Promise<void> {
    return this.source.close();
  }

  private async openAgain(): Promise<void> {
    await this.source.close();
    this.source = await this.reopen();
    this.opened = this.supply.run;
  }
}
