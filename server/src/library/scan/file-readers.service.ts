import type { LibraryKind } from '@hearth/contract/library';
import { Inject, Injectable } from '@nestjs/common';
import { isNfo } from '../../provider/provider.js';
import { ProviderService } from '../../provider/provider.service.js';
import { InspectorPort } from '../inspector.port.js';
import { TagReader } from '../tags/tag-reader.port.js';
import { FileReader } from './file-reader.js';
import { NfoReader } from './nfo-reader.js';
import { noNfo } from './placement.js';
import { TaggedFileReader } from './tagged-file-reader.js';

/** What one scan reads files with. */
export interface OpenReaders {
  readonly films: FileReader;
  readonly tagged: TaggedFileReader;
}

/** Opens what scans read files with; NFOs are read as long as nobody switched them off among the providers. */
@Injectable()
export class FileReaders {
  constructor(
    private readonly inspector: InspectorPort,
    private readonly tags: TagReader,
    @Inject(ProviderService) private readonly providers: Pick<ProviderService, 'list'>,
  ) {}

  async open(kind: LibraryKind, signal: AbortSignal): Promise<OpenReaders> {
    const nfo = (await this.providers.list()).find(({ manifest }) => isNfo(manifest));
    const reader = nfo?.enabled === false ? { read: () => Promise.resolve(noNfo) } : new NfoReader();
    return {
      films: new FileReader(this.inspector, reader, kind, signal),
      tagged: new TaggedFileReader(this.tags, this.inspector, signal),
    };
  }
}
