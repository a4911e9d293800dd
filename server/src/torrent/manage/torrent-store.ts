import type { TorrentMetadata } from '@hearth/contract/torrent';
import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../database/database.js';
import type { EngineResume } from '../engine/torrent-engine.js';
import { TorrentContentEntity } from '../entities/torrent-content.entity.js';
import { TorrentMemberEntity } from '../entities/torrent-member.entity.js';
import { TorrentResumeEntity } from '../entities/torrent-resume.entity.js';
import { TorrentEntity } from '../entities/torrent.entity.js';

export interface TorrentContent {
  readonly metainfo: Uint8Array;
  readonly metadata: TorrentMetadata;
}

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** Torrents as they are saved. */
@Injectable()
export class TorrentStore {
  constructor(private readonly database: Database) {}

  async all(): Promise<{ rows: TorrentEntity[]; members: TorrentMemberEntity[] }> {
    const rows = await this.database.read.find(TorrentEntity);
    const members = await this.database.read.find(TorrentMemberEntity, { order: { addedAt: 'ASC', id: 'ASC' } });
    return { rows, members };
  } // prettier-ignore

  /** Undefined while only a link is known. */
  async content(infoHash: string): Promise<TorrentContent | undefined> {
    const row = await this.database.read.findOneBy(TorrentContentEntity, { torrentId: infoHash });
    return row ? { metainfo: new Uint8Array(Buffer.from(row.metainfo, 'base64')), metadata: row.metadata } : undefined;
  } // prettier-ignore

  async metadata(infoHash: string): Promise<TorrentMetadata | undefined> {
    const row = await this.database.read.findOne(TorrentContentEntity, {
      where: { torrentId: infoHash },
      select: { torrentId: true, metadata: true },
    });
    return row?.metadata;
  }

  /** What was verified, with what the torrent moved so far. */
  async resume({ id, downloaded, uploaded }: TorrentEntity): Promise<EngineResume | null> {
    const row = await this.database.read.findOneBy(TorrentResumeEntity, { torrentId: id });
    const verified = row && { bitfield: new Uint8Array(Buffer.from(row.bitfield, 'base64')), files: row.files };
    return verified ? { ...verified, downloaded, uploaded } : null;
  } // prettier-ignore

  async insert(row: TorrentEntity, member: TorrentMemberEntity, content: TorrentContent | null): Promise<void> {
    await this.database.write(async (manager) => {
      await manager.insert(TorrentEntity, row);
      await manager.insert(TorrentMemberEntity, member);
    });
    if (content) await this.saveContent(row.id, content);
  } // prettier-ignore

  async save(row: TorrentEntity): Promise<void> {
    await this.database.write((manager) => manager.update(TorrentEntity, { id: row.id }, row));
  }

  async saveContent(infoHash: string, { metainfo, metadata }: TorrentContent): Promise<void> {
    const row = { torrentId: infoHash, metainfo: toBase64(metainfo), metadata };
    await this.database.write((manager) => manager.save(TorrentContentEntity, row));
  }

  async saveResume(infoHash: string, { bitfield, files }: EngineResume): Promise<void> {
    const saved = files.map(({ size, modifiedMs }) => ({ size, modifiedMs }));
    const row = { torrentId: infoHash, bitfield: toBase64(bitfield), files: saved };
    await this.database.write((manager) => manager.save(TorrentResumeEntity, row));
  }

  async saveMember(member: TorrentMemberEntity): Promise<void> {
    await this.database.write((manager) => manager.save(TorrentMemberEntity, member));
  }

  async removeMembers(ids: readonly string[]): Promise<void> {
    await this.database.write((manager) => manager.delete(TorrentMemberEntity, { id: In([...ids]) }));
  }

  /** With all that hangs on it. */
  async remove(infoHash: string): Promise<void> {
    await this.database.write((manager) => manager.delete(TorrentEntity, { id: infoHash }));
  }
}
