import { Readable } from 'node:stream';
import type { Guest } from '@hearth/dlna/guest';
import type { ArtSize, Offer, OpenedBytes, OpenedMedia } from '@hearth/dlna/media-source.port';
import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { RecentMap } from '../../common/recent-map.js';
import { AudienceService } from '../../library/audience/audience.service.js';
import { JpegArtService } from '../../library/images/jpeg-art.service.js';
import { type ByteTimeline, ByteTimelineService } from '../../playback/renderer/byte-timeline.service.js';
import {
  type RendererDevice,
  RendererPlaybackService,
} from '../../playback/renderer/renderer-playback.service.js';
import { CastFetchesService } from '../cast-fetches.service.js';
import { DeviceRegistry } from '../devices/device-registry.service.js';
import { artBoxes, isArtSize } from './art-boxes.js';
import { capabilitiesOf } from './capabilities.js';
import { CastGrants } from './cast-grants.service.js';
import { type Resource, ResourceIds } from './resource-ids.js';
import { ResourceTexts } from './resource-texts.service.js';

/** What was opened of a file, as far as its position is to be remembered. */
export interface OpenedFile {
  readonly fileId: string;
  readonly accountId: string;
  readonly device: RendererDevice;
  readonly durationSeconds: number;
  readonly secondsAt: ByteTimeline;
}

/** Files opened lately, of which a device may still tell how far it came. */
const mostOpened = 500;

/**
 * Gives out what lists have named. The name alone opens nothing: whether the guest's account sees the file is asked
 * each time, and what it may not see is not there.
 */
@Injectable()
export class Resources {
  private readonly opened = new RecentMap<string, OpenedFile>(mostOpened);

  constructor(
    private readonly ids: ResourceIds,
    private readonly playback: RendererPlaybackService,
    private readonly audiences: AudienceService,
    private readonly texts: ResourceTexts,
    private readonly pictures: JpegArtService,
    private readonly devices: DeviceRegistry,
    private readonly fetches: CastFetchesService,
    private readonly timelines: ByteTimelineService,
    private readonly grants: CastGrants,
  ) {}

  async open(resourceId: string, guest: Guest): Promise<OpenedMedia | undefined> {
    const resource = this.ids.read(resourceId);
    if (!resource) return undefined;
    return orNothing(async () => {
      const accountId = await this.seerOf(resource, guest);
      if (accountId === undefined) return undefined;
      this.fetches.noticed({ resourceId, address: guest.facts.address });
      const opened = await this.openFor(accountId, resourceId, resource, guest);
      const mayGoOn = async () => (await orNothing(() => this.seerOf(resource, guest))) !== undefined;
      return opened && { ...opened, mayGoOn };
    });
  }

  /** What was opened by this name; undefined for pictures, music, and what was sent to a screen, which is asked itself. */
  watched(resourceId: string, guest: Guest): OpenedFile | undefined {
    return this.opened.get(openedKey(resourceId, guest));
  }

  /** A device asked for a position to be remembered. */
  async mark(fileId: string, positionSeconds: number, guest: Guest): Promise<void> {
    const accountId = guest.viewerId;
    await this.playback.report({
      accountId,
      device: this.deviceOf(guest),
      fileId,
      positionSeconds,
      state: 'stopped',
    });
  }

  /** UTF-8. */
  async subtitle(
    resourceId: string,
    format: 'srt' | 'vtt' | 'smi',
    guest: Guest,
  ): Promise<Uint8Array | undefined> {
    const resource = this.ids.read(resourceId);
    if (resource?.kind !== 'subtitle') return undefined;
    return orNothing(async () => {
      if ((await this.seerOf(resource, guest)) === undefined) return undefined;
      return this.texts.text(resource, format);
    });
  }

  /** JPEG. */
  async art(resourceId: string, size: ArtSize, guest: Guest): Promise<Uint8Array | undefined> {
    const resource = this.ids.read(resourceId);
    if (resource?.kind !== 'art' && resource?.kind !== 'photo') return undefined;
    return orNothing(async () => {
      if (resource.kind === 'photo' && (await this.seerOf(resource, guest)) === undefined) return undefined;
      if (resource.kind === 'art' && !(await this.isShown(resource, guest))) return undefined;
      return this.pictures.jpeg(resource.id, artBoxes[size]);
    });
  }

  private async openFor(
    accountId: string,
    resourceId: string,
    resource: Resource,
    guest: Guest,
  ): Promise<OpenedMedia | undefined> {
    if (resource.kind === 'photo') return await this.photo(resourceId, resource);
    if (resource.kind === 'original') return await this.original(resourceId, resource.id, accountId, guest);
    if (resource.kind === 'converted') return await this.converted(resourceId, resource, accountId, guest);
    return undefined;
  }

  /** Who it is given out to: the guest, or who has sent it here; undefined where they may not have it, or no longer. */
  private async seerOf({ id, grant }: Resource, guest: Guest): Promise<string | undefined> {
    if (grant && !(await this.grants.hold(id, grant))) return undefined;
    const accountId = grant?.accountId ?? guest.viewerId;
    return (await this.audiences.seesFile(id, accountId)) ? accountId : undefined;
  }

  private async isShown({ id, part, grant }: Resource, guest: Guest): Promise<boolean> {
    return grant ? this.grants.hold(id, grant) : part === guest.viewerId;
  }

  private async original(
    resourceId: string,
    fileId: string,
    accountId: string,
    guest: Guest,
  ): Promise<OpenedBytes> {
    const device = this.deviceOf(guest);
    const file = await this.playback.openBytes(fileId, accountId, device);
    const { media, size, durationSeconds, modified } = file;
    if (media.format.video) this.remember(resourceId, guest, { fileId, accountId, device, durationSeconds });
    const offer: Offer = { ...media, resourceId, kind: 'original' };
    const captions = await this.texts.captions(fileId, accountId, guest);
    const read = (from: number, to: number) => file.read(from, to);
    return { kind: 'bytes', format: media.format, offer, size, durationSeconds, modified, read, ...captions };
  }

  /** What was sent to a screen begins where its name says. */
  private async converted(
    resourceId: string,
    { id: fileId, part }: Resource,
    accountId: string,
    guest: Guest,
  ): Promise<OpenedMedia> {
    const device = this.deviceOf(guest);
    const opened = await this.playback.openConversion(
      fileId,
      accountId,
      capabilitiesOf(guest.profile),
      device,
    );
    const offset = Number(part) || 0;
    const { media } = opened;
    const whole = opened.durationSeconds;
    const durationSeconds = whole === undefined ? undefined : Math.max(0, whole - offset);
    if (media.format.video) this.remember(resourceId, guest, { fileId, accountId, device, durationSeconds });
    return {
      kind: 'conversion',
      format: media.format,
      offer: { ...media, durationSeconds, resourceId, kind: 'converted' },
      durationSeconds,
      ...(await this.texts.captions(fileId, accountId, guest)),
      start: async (fromSeconds) => {
        const { stream, startSeconds } = await opened.start(offset + fromSeconds);
        this.fetches.noticed({ resourceId, address: guest.facts.address, startSeconds });
        return stream;
      },
    };
  }

  private async photo(resourceId: string, { id, part }: Resource): Promise<OpenedBytes | undefined> {
    if (!isArtSize(part)) return undefined;
    const data = await this.pictures.jpeg(id, artBoxes[part]);
    const format = { container: 'jpeg' };
    return {
      ...{ kind: 'bytes', format, size: data.length, modified: new Date(0) },
      offer: { resourceId, kind: 'converted', format },
      read: (from, to) => Readable.from([data.subarray(from, to + 1)]),
    };
  }

  private deviceOf({ deviceId }: Guest): RendererDevice {
    return { id: deviceId, name: this.devices.nameOf(deviceId) };
  }

  private remember(
    resourceId: string,
    guest: Guest,
    file: Omit<OpenedFile, 'durationSeconds' | 'secondsAt'> & { durationSeconds: number | undefined },
  ): void {
    const { durationSeconds } = file;
    const isSent = this.ids.read(resourceId)?.grant !== undefined;
    if (isSent || !durationSeconds) return;
    const key = openedKey(resourceId, guest);
    const known = this.opened.get(key);
    const secondsAt = (): ByteTimeline => this.timelines.atOnce(file.fileId, durationSeconds);
    const isKnown = known?.accountId === file.accountId;
    this.opened.set(key, isKnown ? known : { ...file, durationSeconds, secondsAt: secondsAt() });
  }
}

/** With whose eyes it was opened belongs to it: what still runs of a person's is not the next one's. */
const openedKey = (resourceId: string, { deviceId, viewerId }: Guest): string =>
  `${deviceId} ${viewerId} ${resourceId}`;

/** What is gone, or away with its disk, is not there; anything else is a trouble worth telling. */
async function orNothing<T>(work: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    const gone = [
      'NOT_FOUND',
      'SOURCE_UNAVAILABLE',
      'SUBTITLE_UNREADABLE',
      'PLAYBACK_UNSUPPORTED',
      'FORBIDDEN',
    ];
    if (error instanceof ProblemError && gone.includes(error.code)) return undefined;
    throw error;
  }
}
