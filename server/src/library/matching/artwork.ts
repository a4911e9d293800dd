import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { newId } from '../../common/id.js';
import { ProblemError } from '../../common/problem-error.js';
import type { Config } from '../../config/config.js';
import { InjectConfig } from '../../config/config.module.js';
import { Database } from '../../database/database.js';
import { RemoteImages } from '../../provider/images/remote-images.service.js';
import { Image, type ImageKind } from '../entities/image.entity.js';

/** Below the data directory, and no cache: a service that is gone does not take the posters along. */
const folder = 'artwork';

/** Pictures of titles that providers gave. */
@Injectable()
export class Artwork {
  constructor(
    private readonly database: Database,
    @Inject(RemoteImages) private readonly images: Pick<RemoteImages, 'picture'>,
    @InjectConfig() private readonly config: Pick<Config, 'dataDirectory'>,
  ) {}

  /** Fetches and keeps it. @returns a row to be inserted; null for what is no picture or cannot be had now */
  async fetch(url: string, kind: ImageKind): Promise<Image | null> {
    const data = await this.images.picture(url).catch((error: unknown) => {
      if (error instanceof ProblemError) return null;
      throw error;
    });
    if (!data) return null;
    const id = newId();
    const relativePath = `${folder}/${id}.webp`;
    await mkdir(join(this.config.dataDirectory, folder), { recursive: true });
    await writeFile(join(this.config.dataDirectory, relativePath), data);
    const unseen = { width: 0, height: 0, blurhash: null, color: null };
    return { id, kind, relativePath, folderId: null, size: data.length, modifiedMs: Date.now(), ...unseen };
  }

  /** Removes files of the fetched whose rows were not inserted after all. */
  async discard(fetched: readonly Image[]): Promise<void> {
    if (fetched.length === 0) return;
    const rows = await this.database.read.findBy(Image, { id: In(fetched.map(({ id }) => id)) });
    const kept = new Set(rows.map(({ id }) => id));
    for (const { id, relativePath } of fetched)
      if (!kept.has(id)) await rm(join(this.config.dataDirectory, relativePath), { force: true });
  }

  /** Removes those that no title shows any more. */
  async sweep(): Promise<void> {
    const unused = await this.database.read.sql<{ id: string; relative_path: string }[]>`
      SELECT id, relative_path FROM image WHERE folder_id IS NULL AND relative_path LIKE ${`${folder}/%`}
      AND NOT EXISTS (SELECT 1 FROM title WHERE title.poster_id = image.id OR title.backdrop_id = image.id)`;
    for (const { id, relative_path } of unused) {
      await this.database.write((manager) => manager.delete(Image, { id }));
      await rm(join(this.config.dataDirectory, relative_path), { force: true });
    }
  }
}
