import { type EntityManager, In } from 'typeorm';
import { newId } from '../../common/id.js';
import { Image, type ImageKind } from '../entities/image.entity.js';
import type { SidecarFile } from '../scan/directory-index.js';
import { inChunks, insertRows } from './chunks.js';

export interface WantedImage extends SidecarFile {
  folderId: string;
  kind: ImageKind;
}

const keyOf = (folderId: string | null, path: string): string => `${folderId ?? ''}/${path}`;

/** Ids of pictures by folder and path; rows are made for new ones and reset for changed ones. */
export class ImageStore {
  private readonly ids = new Map<string, string>();

  constructor(private readonly manager: EntityManager) {}

  async ensure(wanted: readonly WantedImage[]): Promise<void> {
    const unique = new Map(wanted.map((image) => [keyOf(image.folderId, image.path), image]));
    if (unique.size === 0) return;
    const paths = [...unique.values()].map((image) => image.path);
    const known = await inChunks(paths, (slice) => this.manager.findBy(Image, { relativePath: In(slice) }));
    const rows = new Map(known.map((row) => [keyOf(row.folderId, row.relativePath), row]));
    const fresh: Image[] = [];
    for (const [key, image] of unique) {
      const row = rows.get(key);
      const { size, modifiedMs } = image.entry;
      const facts = { size, modifiedMs, width: 0, height: 0, blurhash: null, color: null };
      if (!row)
        fresh.push({
          id: newId(),
          folderId: image.folderId,
          relativePath: image.path,
          kind: image.kind,
          ...facts,
        });
      else if (row.size !== size || row.modifiedMs !== modifiedMs)
        await this.manager.update(Image, row.id, facts);
      if (row) this.ids.set(key, row.id);
    }
    await insertRows(this.manager, Image, fresh);
    for (const row of fresh) this.ids.set(keyOf(row.folderId, row.relativePath), row.id);
  }

  idOf(folderId: string, file: SidecarFile | undefined): string | null {
    return file ? (this.ids.get(keyOf(folderId, file.path)) ?? null) : null;
  }
}
