import { basename } from 'node:path/posix';
import { Injectable } from '@nestjs/common';
import { notFound } from '../../common/problem-error.js';
import {
  type OfferedFile,
  OfferedFilesService,
  type OfferedItem,
  offeredKey,
} from '../../library/offered-files.service.js';
import { DecisionService } from '../../transcoding/decision/decision.service.js';
import { subtitleId, withBeside } from '../beside-streams.js';
import type { RendererCapabilities } from './renderer-capabilities.js';
import { imageFormat, originalMedia } from './renderer-media.js';
import type { RendererOffer } from './renderer-offer.js';
import { type Decide, planFor, type RendererPlan, type RendererViewer } from './renderer-plan.js';
import { subtitlesOf } from './renderer-subtitles.js';
import { RendererViewers } from './renderer-viewers.service.js';

export { type OfferedItem, offeredKey } from '../../library/offered-files.service.js';
export type { RendererCapabilities, RendererFormat, RendererMedia } from './renderer-capabilities.js';
export type { RendererOffer, RendererSubtitle } from './renderer-offer.js';

/** What screens and speakers in the house can have of things, for one account each. Nothing is opened. */
@Injectable()
export class RendererOffers {
  private readonly decide: Decide;

  constructor(
    private readonly files: OfferedFilesService,
    private readonly viewers: RendererViewers,
    decisions: DecisionService,
  ) {
    this.decide = (media, client, wishes) => decisions.decide(media, client, wishes);
  }

  /**
   * What a renderer gets of each item, best first; by `offeredKey`. A hundred items cost a few statements.
   * @param deviceId what failed on it before is not offered again
   */
  async of(
    accountId: string,
    capabilities: RendererCapabilities,
    items: readonly OfferedItem[],
    deviceId?: string,
  ): Promise<Map<string, RendererOffer[]>> {
    if (items.length === 0) return new Map();
    const viewer = await this.viewers.of(accountId, deviceId);
    const found = await this.files.of(items, accountId);
    return new Map(
      [...found].map(([key, files]) => [
        key,
        directFirst(files.map((file) => this.offer(file, capabilities, viewer))),
      ]),
    );
  }

  /** The same of one title or episode: what an administrator is shown. @throws ProblemError NOT_FOUND */
  async ofTitle(
    accountId: string,
    capabilities: RendererCapabilities,
    titleId: string,
    episodeId?: string,
  ): Promise<RendererOffer[]> {
    const item = { titleId, episodeId: episodeId ?? null };
    const offers = (await this.of(accountId, capabilities, [item])).get(offeredKey(item));
    if (!offers || offers.length === 0) throw notFound('file of this title');
    return offers;
  }

  /** How one file would reach a device. @throws ProblemError NOT_FOUND */
  async plan(
    file: OfferedFile,
    capabilities: RendererCapabilities,
    accountId: string,
    deviceId: string,
  ): Promise<RendererPlan> {
    return this.planOf(file, capabilities, await this.viewers.of(accountId, deviceId));
  }

  private offer(
    offered: OfferedFile,
    capabilities: RendererCapabilities,
    viewer: RendererViewer,
  ): RendererOffer {
    const { file, subtitles } = offered;
    const { action, reasons, conversion, burned } = this.planOf(offered, capabilities, viewer);
    return {
      fileId: file.id,
      fileName: basename(file.relativePath),
      modifiedMs: file.modifiedMs,
      action,
      reasons,
      original: originalMedia(file),
      converted: conversion?.media ?? null,
      subtitles: subtitlesOf(file.media, subtitles),
      burned: burned === null ? null : subtitleId(subtitles, burned),
    };
  }

  private planOf(
    { file, subtitles }: OfferedFile,
    capabilities: RendererCapabilities,
    viewer: RendererViewer,
  ): RendererPlan {
    const image = imageFormat(file);
    const nothing = { conversion: null, burned: null };
    if (image !== undefined) {
      const shows = [image, '*'].some((name) => capabilities.images.includes(name));
      const reasons = shows ? [] : [`This device does not show ${image.toUpperCase()} pictures.`];
      return { ...nothing, action: shows ? 'direct' : 'none', reasons };
    }
    if (!file.media) return { ...nothing, action: 'none', reasons: ['The file could not be read.'] };
    return planFor(withBeside(file.media, subtitles), capabilities, viewer, this.decide);
  }
}

/** What plays as it is comes first, whatever its size; the order is kept otherwise. */
function directFirst(offers: readonly RendererOffer[]): RendererOffer[] {
  const order = ['direct', 'convert', 'none'];
  return offers.toSorted((a, b) => order.indexOf(a.action) - order.indexOf(b.action));
}
