import type { Guest } from '@hearth/dlna/guest';
import type {
  ArtSize,
  ListRequest,
  Listing,
  MediaObject,
  MediaSource,
  OpenedMedia,
  PlayWord,
  SendReport,
  SourceChange,
} from '@hearth/dlna/media-source.port';
import { matches } from '@hearth/dlna/protocol/criterion-match';
import type { Criterion } from '@hearth/dlna/protocol/search-criteria';
import { Injectable } from '@nestjs/common';
import { Positions } from '../../playback/renderer/positions.service.js';
import { WatchedService } from '../../playback/watched.service.js';
import { HouseholdSearch } from '../search/household-search.service.js';
import { objectValues } from '../search/object-values.js';
import { mostObjects, pageOf } from '../tree/branch.js';
import { Tree } from '../tree/tree.js';
import { views } from '../tree/views.js';
import { ResourceIds } from './resource-ids.js';
import { Resources } from './resources.service.js';
import { SourceChanges } from './source-changes.js';

const everything: ListRequest = { start: 0, count: mostObjects, sort: [] };

/** What this household has, as the DLNA package asks for it: each guest sees with the eyes of its account. */
@Injectable()
export class HouseholdSource implements MediaSource {
  readonly views = views;
  constructor(
    private readonly tree: Tree,
    private readonly household: HouseholdSearch,
    private readonly resources: Resources,
    private readonly changes: SourceChanges,
    private readonly ids: ResourceIds,
    private readonly watched: WatchedService,
    readonly positions: Positions,
  ) {}

  async object(id: string, guest: Guest): Promise<MediaObject | undefined> {
    this.positions.settle(guest.deviceId);
    const object = await this.tree.object(id, guest);
    return object && this.pictured(object, guest);
  }

  async children(id: string, request: ListRequest, guest: Guest): Promise<Listing | undefined> {
    this.positions.settle(guest.deviceId);
    return this.withPictures(await this.tree.children(id, request, guest), guest);
  }

  async search(
    id: string,
    criterion: Criterion | null,
    request: ListRequest,
    guest: Guest,
  ): Promise<Listing | undefined> {
    this.positions.settle(guest.deviceId);
    const scope = await this.tree.scope(id, guest);
    if (scope !== 'listed')
      return scope && this.withPictures(await this.household.find(scope, criterion, request, guest), guest);
    const listing = await this.tree.children(id, everything, guest);
    const found = listing?.objects.filter((object) => matches(criterion, objectValues(object)));
    return this.withPictures(found && pageOf(found, request), guest);
  }

  private withPictures(listing: Listing | undefined, guest: Guest): Listing | undefined {
    return listing && { ...listing, objects: listing.objects.map((object) => this.pictured(object, guest)) };
  }

  private pictured(object: MediaObject, { viewerId }: Guest): MediaObject {
    if (!object.art) return object;
    return { ...object, art: { resourceId: this.ids.shownTo(viewerId, object.art.resourceId) } };
  }

  updateId(): number {
    return this.changes.updateId;
  }

  onChange(listener: (change: SourceChange) => void): () => void {
    return this.changes.onChange(listener);
  }

  open(resourceId: string, guest: Guest): Promise<OpenedMedia | undefined> {
    return this.resources.open(resourceId, guest);
  }

  subtitle(resourceId: string, format: 'srt' | 'vtt' | 'smi', guest: Guest): Promise<Uint8Array | undefined> {
    return this.resources.subtitle(resourceId, format, guest);
  }

  art(resourceId: string, size: ArtSize, guest: Guest): Promise<Uint8Array | undefined> {
    return this.resources.art(resourceId, size, guest);
  }

  /** Saved as a position of the best version: that is what the device was given. */
  async bookmark(objectId: string, seconds: number, guest: Guest): Promise<void> {
    const fileId = await this.videoOf(objectId, guest);
    if (fileId === undefined) return;
    this.positions.told(guest.deviceId, fileId, seconds);
    await this.resources.mark(fileId, seconds, guest);
  }

  async left(objectId: string, word: PlayWord, guest: Guest): Promise<void> {
    const fileId = await this.videoOf(objectId, guest);
    if (fileId === undefined) return;
    const { positionSeconds = 0, watched } = word;
    if (watched !== undefined) this.positions.forget(guest.deviceId, fileId);
    else if (positionSeconds > 0) this.positions.told(guest.deviceId, fileId, positionSeconds);
    else this.positions.stopped(guest.deviceId, fileId);
    if (positionSeconds > 0) await this.resources.mark(fileId, positionSeconds, guest);
    if (watched !== undefined) await this.watched.markFile(fileId, watched, guest.viewerId);
  }

  /** The file that the device was given of a film or an episode; undefined for what is none, or not for this guest. */
  private async videoOf(objectId: string, guest: Guest): Promise<string | undefined> {
    const object = await this.tree.object(objectId, guest);
    const [offer] = object?.type === 'item' ? object.offers : [];
    return offer?.format.video ? this.ids.read(offer.resourceId)?.id : undefined;
  }

  sent({ resourceId, transferId, state, from, to, unit, length }: SendReport, guest: Guest): void {
    const file = this.resources.watched(resourceId, guest);
    if (!file || (unit === 'bytes' && length <= 0)) return;
    const seconds = (at: number): number => (unit === 'bytes' ? file.secondsAt(at / length) : at);
    this.positions.note(file, { transferId, from: seconds(from), to: seconds(to), ended: state === 'ended' });
  }
}
