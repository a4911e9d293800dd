import { RecentMap } from '../../common/recent-map.js';
import type { SegmentTable } from './segment-table.js';

/** What everybody in a large house watches, sound and picture. */
const most = 64;

/** The tables used last: every segment asks for one. */
export class RecentTables {
  private readonly tables = new RecentMap<string, SegmentTable>(most);

  async of(key: string, make: () => Promise<SegmentTable>): Promise<SegmentTable> {
    const table = this.tables.get(key) ?? (await make());
    this.tables.set(key, table);
    return table;
  }
}
