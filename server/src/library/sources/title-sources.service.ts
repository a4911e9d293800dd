import type { TitleReference } from '@hearth/contract/provider-exchange';
import type { FoundTorrent, SearchPart, TitleSources } from '@hearth/contract/source';
import type { Source } from '@hearth/contract/title';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../../common/http/caller.js';
import { AudienceService } from '../audience/audience.service.js';
import { SourcesService } from '../catalogue/sources.service.js';
import { fileRankable } from './file-rankable.js';
import type { FoundSource } from './found-source.js';
import { type Circumstances, noCircumstances, rank, type Ranked } from './rank.js';
import { SourcePreferencesService } from './source-preferences.service.js';
import { deadlineMs, type Findings, nothing, SourceSearches } from './source-searches.service.js';
import { referenceSubject, searchSubject, type SourceSubject } from './source-subject.js';
import { type AnySource, foundRankable, foundTorrentView, sourceView } from './source-view.js';
import { SourceRights } from './source-rights.service.js';
import { TitleSubjects } from './title-subjects.service.js';

/** What is known of the device that asks. */
export type AskingDevice = Partial<Pick<Circumstances, 'client' | 'bandwidth'>>;

interface Asked {
  readonly titleId: string;
  readonly episodeId?: string | undefined;
  readonly waitMs?: number;
}

interface PlayedItem {
  readonly titleId: string;
  readonly episodeId: string | null;
}

/** Everything that can be played for a title, best first: what is here at once, the rest as providers answer. */
@Injectable()
export class TitleSourcesService {
  constructor(
    private readonly audiences: AudienceService,
    private readonly files: SourcesService,
    private readonly subjects: TitleSubjects,
    private readonly searches: SourceSearches,
    private readonly rights: SourceRights,
    private readonly preferences: SourcePreferencesService,
  ) {}

  /** @throws ProblemError NOT_FOUND, also where the account may not see the title */
  async ofTitle(asked: Asked, caller: Caller, device: AskingDevice = {}): Promise<TitleSources> {
    await this.audiences.mustSeeTitle(asked.titleId, caller.accountId);
    const { findings, ranked } = await this.ranked(asked, caller, device);
    return view(findings, ranked);
  }

  /** What providers find for something that is in no library. */
  async ofReference(reference: TitleReference, waitMs: number, caller: Caller): Promise<TitleSources> {
    const findings = await this.look(referenceSubject(reference), waitMs, caller);
    const circumstances = { ...noCircumstances, ...(await this.preferences.wishes(caller.accountId)) };
    return view(findings, rank(await this.rankables(findings.found, caller), circumstances));
  }

  /** Torrents for some words or ids, those with most seeders first. @throws ProblemError TORRENTS_NOT_ALLOWED, TORRENTS_DISABLED */
  async torrents(
    reference: TitleReference,
    caller: Caller,
  ): Promise<{ items: FoundTorrent[]; parts: SearchPart[] }> {
    await this.rights.mustUseTorrents(caller);
    const { found, parts } = await this.look(searchSubject(reference), deadlineMs, caller);
    const names = namesOf(parts);
    const items = found.flatMap((each) => foundTorrentView(each, names) ?? []);
    return { items: items.toSorted((a, b) => (b.seeders ?? 0) - (a.seeders ?? 0)), parts: [...parts] };
  }

  /** The library's own files of a title, in this person's order. */
  async filesInOrder(titleId: string, episodeId: string | undefined, accountId: string): Promise<Source[]> {
    const files = await this.files.ofTitle(titleId, episodeId);
    const circumstances = { ...noCircumstances, ...(await this.preferences.wishes(accountId)) };
    return rank(files.map(fileRankable), circumstances).map(({ source }) => source.file);
  }

  /** What there is now and plays here, best first; nobody is waited for. */
  async best(asked: Asked, caller: Caller, device: AskingDevice): Promise<FoundSource[]> {
    if (!(await this.audiences.seesTitle(asked.titleId, caller.accountId))) return [];
    const { ranked } = await this.ranked(asked, caller, device);
    return ranked.flatMap(({ source }) => ('found' in source && source.kind !== 'link' ? source.found : []));
  }

  /** So that the next episode is looked for where this one came from. */
  async remember({ titleId, episodeId }: PlayedItem, found: FoundSource, accountId: string): Promise<void> {
    const group = found.source.group ?? found.facts.releaseGroup;
    if (episodeId !== null && group !== null) await this.subjects.rememberGroup(titleId, accountId, group);
  }

  private async ranked(
    { titleId, episodeId, waitMs = 0 }: Asked,
    caller: Caller,
    device: AskingDevice,
  ): Promise<{ findings: Findings; ranked: Ranked<AnySource>[] }> {
    const files = await this.files.ofTitle(titleId, episodeId);
    const subject = await this.subjects.of(titleId, episodeId);
    const findings = subject ? await this.look(subject, waitMs, caller) : nothing;
    const circumstances = {
      ...{ ...noCircumstances, ...device, ...(await this.preferences.wishes(caller.accountId)) },
      runtimeSeconds: await this.subjects.runtimeOf(titleId, episodeId),
      lastGroup: await this.subjects.lastGroupOf(titleId, caller.accountId),
    };
    const found = await this.rankables(findings.found, caller);
    return { findings, ranked: rank<AnySource>([...files.map(fileRankable), ...found], circumstances) };
  }

  private async look(subject: SourceSubject, waitMs: number, caller: Caller): Promise<Findings> {
    if (!(await this.rights.mayAsk(caller))) return nothing;
    return this.searches.look(subject, caller.accountId, waitMs);
  }

  private async rankables(found: readonly FoundSource[], caller: Caller): Promise<AnySource[]> {
    const hereOf = await this.rights.torrentsHere(caller);
    const shown = hereOf ? found : found.filter(({ source }) => source.kind !== 'torrent');
    return shown.map((each) => {
      const infoHash = each.source.kind === 'torrent' ? each.source.infoHash : null;
      return foundRankable(each, infoHash === null ? 0 : (hereOf?.get(infoHash) ?? 0));
    });
  }
}

const namesOf = (parts: readonly SearchPart[]) => new Map(parts.map(({ id, name }) => [id, name]));

function view({ parts, searching }: Findings, ranked: readonly Ranked<AnySource>[]): TitleSources {
  const names = namesOf(parts);
  return { items: ranked.map((each) => sourceView(each, names)), parts: [...parts], searching };
}
