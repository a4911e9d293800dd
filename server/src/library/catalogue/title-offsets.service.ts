import { Injectable } from '@nestjs/common';
import { RecentMap } from '../../common/recent-map.js';
import { EventBus } from '../../events/event-bus.js';
import type { TitlePosition } from './title-cursor.js';
import type { TitleFilter } from './title-filter.js';
import { type PageRequest, TitlePagesService, type TitlePlace } from './title-pages.service.js';

/** One list, as one account sees it. */
export interface TitleList extends Pick<PageRequest, 'sort' | 'order' | 'accountId'> {
  filter: TitleFilter;
}

interface Remembered {
  total: Promise<number>;
  /** Places of every `step`th title: what a page begins after. */
  marks: Promise<TitlePlace[]> | undefined;
  /** The latest pages, by number and length: whoever goes back asks for the same again. */
  pages: Map<string, Promise<string[]>>;
  until: number;
}

/** A page begins at most this many titles after a remembered place. */
const step = 200;
/** Titles read at once to find the marks: others who ask the database wait no longer than that takes, some ms. */
const stride = 5000;
/** Lists up to here are sorted whole by `TitlePagesService` anyway. */
const shortList = 4000;
/** Of each, 100 000 titles long, some 50 kB. */
const mostLists = 60;
const mostPages = 8;
/** Changes by another process (a worker's scan) are not heard of here. */
const lifetimeMs = 60_000;

/**
 * Pages by offset, as UPnP has them, at the price of pages by key: what a list was found to hold at every 200th place is
 * remembered until a title changes, or what an account may see.
 */
@Injectable()
export class TitleOffsetsService {
  private readonly lists = new RecentMap<string, Remembered>(mostLists);

  constructor(
    private readonly pages: TitlePagesService,
    events: EventBus,
  ) {
    events.listen(({ name }) => {
      if (name === 'library.changed' || name === 'limits.changed') this.lists.clear();
    });
  }

  /** Ids of `count` titles from the `start`th on, and how many there are. */
  async page(list: TitleList, start: number, count: number): Promise<{ ids: string[]; total: number }> {
    const remembered = this.remembered(list);
    const total = await remembered.total;
    if (start >= total || count === 0) return { ids: [], total };
    const name = `${start} ${count}`;
    const ids = remembered.pages.get(name) ?? this.read(list, remembered, { start, count, total });
    remembered.pages.set(name, ids);
    ids.catch(() => remembered.pages.delete(name));
    return { ids: await ids, total };
  }

  private async read(
    list: TitleList,
    remembered: Remembered,
    { start, count, total }: { start: number; count: number; total: number },
  ): Promise<string[]> {
    const { after, skip } = await this.begin(list, remembered, total, start);
    const places = await this.pages.page({ ...list, after, limit: skip + count, total });
    return places.slice(skip).map(({ id }) => id);
  }

  async total(list: TitleList): Promise<number> {
    return this.remembered(list).total;
  }

  private async begin(
    list: TitleList,
    remembered: Remembered,
    total: number,
    start: number,
  ): Promise<{ after: TitlePosition | undefined; skip: number }> {
    if (start === 0 || total <= shortList) return { after: undefined, skip: start };
    const finding = this.marksOf(list, remembered, total);
    if (start < 2 * step) {
      // Whoever asks for a second page will ask for others: they are prepared meanwhile.
      finding.catch(() => undefined);
      return { after: undefined, skip: start };
    }
    const marks = await finding;
    // Fewer than were counted: titles went meanwhile. The last one known is near enough.
    const at = Math.min(Math.floor(start / step), marks.length);
    const mark = marks[at - 1];
    return { after: mark && positionOf(list, mark), skip: start - at * step };
  }

  private marksOf(list: TitleList, remembered: Remembered, total: number): Promise<TitlePlace[]> {
    remembered.marks ??= this.findMarks(list, total).catch((error: unknown) => {
      remembered.marks = undefined;
      throw error;
    });
    return remembered.marks;
  }

  private async findMarks(list: TitleList, total: number): Promise<TitlePlace[]> {
    const marks: TitlePlace[] = [];
    let after: TitlePosition | undefined;
    for (;;) {
      const places = await this.pages.page({ ...list, after, limit: stride, total });
      for (let at = step - 1; at < places.length; at += step) {
        const place = places[at];
        if (place) marks.push(place);
      }
      const last = places.at(-1);
      if (!last || places.length < stride) return marks;
      after = positionOf(list, last);
    }
  }

  private remembered(list: TitleList): Remembered {
    const name = JSON.stringify([list.filter, list.sort, list.order, list.accountId]);
    const known = this.lists.get(name);
    if (known && known.until > Date.now()) {
      this.lists.set(name, known);
      return known;
    }
    const fresh: Remembered = {
      total: this.pages.count(list.filter, list.accountId),
      marks: undefined,
      pages: new RecentMap(mostPages),
      until: Date.now() + lifetimeMs,
    };
    fresh.total.catch(() => this.lists.get(name) === fresh && this.lists.delete(name));
    this.lists.set(name, fresh);
    return fresh;
  }
}

const positionOf = ({ sort, order }: TitleList, { id, key }: TitlePlace): TitlePosition => ({
  sort,
  order,
  key,
  id,
});
