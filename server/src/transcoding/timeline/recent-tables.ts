import type { SegmentTable } from './segment-table.js';

/** What everybody in a large house watches, sound and picture. */
const most = 64;

/** The tables used last: every segment asks for one. */
export class RecentTables {
  private readonly tables = new Map<string, SegmentTable>();

  async of(key: string, make: () => Promise<SegmentTable>): Promise<SegmentTable> {
    const table = this.tables.get(key) ?? (await make());
    // Maps keep the order of insertion: what is used goes to the end, what is at the beginning goes.
    this.tables.delete(key);
    this.tables.set(key, table);
    for (const oldest of this.tables.keys()) {
      if (this.tables.size <= most) break;
      this.tables.delete(oldest);
    }
    return table;
  }
}
