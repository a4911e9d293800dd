import { clearEntry, type PaletteEntry } from '../pgs-display-set.js';
import { type ColourTable, readColours, usualColours } from './colour-table.js';
import { drawField, type Region } from './pixel-data.js';

interface Placed {
  readonly x: number;
  readonly y: number;
}
interface PageRegion extends Region {
  readonly colours: number;
  readonly objects: readonly (Placed & { readonly object: number })[];
}

/** What is on the screen; a pixel is a place in `colours`, of which 0 is clear. */
export interface Screen {
  readonly columns: number;
  readonly lines: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
  readonly colours: readonly PaletteEntry[];
}

const segment = { page: 0x10, region: 0x11, colours: 0x12, object: 0x13, display: 0x14 };
/** The largest screen, pixels of all regions, and what is painted in all: more is made up. */
const mostColumns = 4096;
const mostKept = 2 ** 24;
const mostPainted = 1e9;

/**
 * The screen of a DVB subtitle stream, which segments change bit by bit (ETSI EN 300 743 V1.6.1, 7.2). Objects of
 * characters are not drawn: nobody sends any. What is damaged changes nothing.
 */
export class DvbPage {
  /** Seconds after which the screen is cleared if nothing else comes. */
  timeoutSeconds = 0;
  private readonly regions = new Map<number, PageRegion>();
  private readonly tables = new Map<number, ColourTable>();
  private placed: readonly (Placed & { readonly region: number })[] = [];
  private display = { columns: 720, lines: 576, x: 0, y: 0 };
  private painted = 0;

  /** @param pages ids of the segments that are meant; none: all are */
  constructor(private readonly pages: readonly number[]) {}

  /** More was painted than any film has. */
  get isTooMuch(): boolean {
    return this.painted > mostPainted;
  }

  /** Reads the segments of a packet. @returns whether any was for this page */
  read(packet: Buffer): boolean {
    let isChanged = false;
    // In a transport stream the packet says what it is first (7.1).
    for (
      let at = packet[0] === 0x20 ? 2 : 0;
      at + 6 <= packet.length && packet[at] === 0x0f && !this.isTooMuch;
    ) {
      const end = at + 6 + packet.readUInt16BE(at + 4);
      if (end > packet.length) break;
      if (this.pages.length === 0 || this.pages.includes(packet.readUInt16BE(at + 2))) {
        this.obey(packet[at + 1] ?? 0, packet.subarray(at + 6, end));
        isChanged = true;
      }
      at = end;
    }
    return isChanged;
  }

  /** Null where nothing can be seen. */
  screen(): Screen | null {
    const { columns, lines, x: offsetX, y: offsetY } = this.display;
    const shown = this.placed.flatMap(({ region: id, x, y }) => {
      const region = this.regions.get(id);
      const [left, top] = [x + offsetX, y + offsetY];
      if (!region || left >= columns || top >= lines) return [];
      const [right, bottom] = [Math.min(columns, left + region.width), Math.min(lines, top + region.height)];
      return [{ region, left, top, right, bottom }];
    });
    if (shown.length === 0) return null;
    const [x, y] = [Math.min(...shown.map(({ left }) => left)), Math.min(...shown.map(({ top }) => top))];
    const width = Math.max(...shown.map(({ right }) => right)) - x;
    const height = Math.max(...shown.map(({ bottom }) => bottom)) - y;
    const pixels = new Uint16Array(width * height);
    this.painted += pixels.length;
    const colours: PaletteEntry[] = [clearEntry];
    for (const { region, left, top, right, bottom } of shown) {
      const table = (this.tables.get(region.colours) ?? usualColours())[region.depth];
      const first = colours.push(...table) - table.length;
      for (let line = top; line < bottom; line++)
        for (let column = left; column < right; column++) {
          const code = region.pixels[(line - top) * region.width + column - left] ?? 0;
          pixels[(line - y) * width + column - x] = (table[code]?.[3] ?? 0) === 0 ? 0 : first + code;
        }
    }
    return pixels.some((pixel) => pixel !== 0)
      ? { columns, lines, x, y, width, height, pixels, colours }
      : null;
  }

  private obey(type: number, body: Buffer): void {
    if (type === segment.page && body.length >= 2) this.readPage(body);
    if (type === segment.region && body.length >= 10) this.readRegion(body);
    if (type === segment.colours && body.length >= 2) {
      const id = body[0] ?? 0;
      const table = this.tables.get(id) ?? usualColours();
      readColours(body.subarray(2), table);
      this.tables.set(id, table);
    }
    if (type === segment.object && body.length >= 7) this.drawObject(body);
    if (type === segment.display && body.length >= 5) this.readDisplay(body);
  }

  /** 7.2.2. Anything but an ordinary page begins anew. */
  private readPage(body: Buffer): void {
    this.timeoutSeconds = body[0] ?? 0;
    if (((body[1] ?? 0) >> 2) & 3) {
      this.regions.clear();
      this.tables.clear();
    }
    const count = Math.min(256, Math.floor((body.length - 2) / 6));
    this.placed = Array.from({ length: count }, (_, index) => {
      const at = 2 + index * 6;
      return { region: body[at] ?? 0, x: body.readUInt16BE(at + 2), y: body.readUInt16BE(at + 4) };
    });
  }

  /** 7.2.3. */
  private readRegion(body: Buffer): void {
    const [id = 0, flags = 0] = body;
    const [width, height, depths = 0, colours = 0] = [body.readUInt16BE(2), body.readUInt16BE(4), body[6], body[7]];
    const depth = ([undefined, 2, 4, 8] as const)[(depths >> 2) & 7];
    const before = this.regions.get(id);
    const others = [...this.regions.values()].reduce((sum, { pixels }) => sum + pixels.length, 0);
    if (depth === undefined || width > mostColumns || height > mostColumns) return;
    if (others - (before?.pixels.length ?? 0) + width * height > mostKept) return;
    const isSame = before?.width === width && before.height === height && before.depth === depth;
    const pixels = isSame ? before.pixels : new Uint8Array(width * height);
    if (!isSame || flags & 8) {
      const [eight = 0, fewer = 0] = body.subarray(8, 10);
      pixels.fill(flags & 8 ? (depth === 8 ? eight : depth === 4 ? fewer >> 4 : (fewer >> 2) & 3) : 0);
      this.painted += pixels.length;
    }
    this.regions.set(id, { width, height, depth, colours, pixels, objects: objectsOf(body.subarray(10)) });
  } // prettier-ignore

  /** 7.2.5: wherever a region has it, both fields; a second field that is left out is the first. */
  private drawObject(body: Buffer): void {
    const [id, flags = 0] = [body.readUInt16BE(0), body[2]];
    if ((flags >> 2) & 3) return;
    const [top, bottom] = [body.readUInt16BE(3), body.readUInt16BE(5)];
    const fields = [body.subarray(7, 7 + top), body.subarray(7 + top, 7 + top + bottom)] as const;
    for (const region of this.regions.values())
      for (const { object, x, y } of region.objects) {
        if (object !== id || this.isTooMuch) continue;
        // A byte is at most 142 pixels long.
        this.painted += (top + bottom) * 142;
        for (const [line, data] of [fields[0], bottom === 0 ? fields[0] : fields[1]].entries())
          drawField(data, region, [x, y + line], (flags & 2) !== 0);
      }
  }

  /** 7.2.1. */
  private readDisplay(body: Buffer): void {
    const [columns, lines] = [body.readUInt16BE(1) + 1, body.readUInt16BE(3) + 1];
    if (columns > mostColumns || lines > mostColumns) return;
    const hasWindow = ((body[0] ?? 0) & 8) !== 0 && body.length >= 13;
    const [x, y] = hasWindow ? [body.readUInt16BE(5), body.readUInt16BE(9)] : [0, 0];
    this.display = { columns, lines, x, y };
  }
}

function objectsOf(bytes: Buffer): PageRegion['objects'] {
  const objects: { object: number; x: number; y: number }[] = [];
  for (let at = 0; at + 6 <= bytes.length;) {
    const place = bytes.readUInt32BE(at + 2);
    const type = place >>> 30;
    objects.push({ object: bytes.readUInt16BE(at), x: (place >>> 16) & 0xfff, y: place & 0xfff });
    // Characters say their colours.
    at += type === 1 || type === 2 ? 8 : 6;
  }
  return objects;
}
