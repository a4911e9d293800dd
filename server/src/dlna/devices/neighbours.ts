import { readFile } from 'node:fs/promises';

/** How long a reading of the table may be used for those in it, ms: addresses change hands within minutes at most. */
const trustMs = 30_000;
const nobody = '00:00:00:00:00:00';

/** The kernel's table of neighbours (`/proc/net/arp`) as hardware address by IPv4; incomplete entries are left out. */
export function parseNeighbours(text: string): Map<string, string> {
  const rows = text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  return new Map(
    rows.flatMap(([address, , flags, mac]) =>
      address && mac && flags !== '0x0' && mac !== nobody ? [[address, mac.toLowerCase()] as const] : [],
    ),
  );
}

/** Hardware addresses of those who came, as the kernel has them. */
export class Neighbours {
  private known = Promise.resolve(new Map<string, string>());
  private until = 0;

  constructor(private readonly path = '/proc/net/arp') {}

  /** @returns null for who is not in the table: ourselves, or behind a router */
  async mac(address: string): Promise<string | null> {
    const known = Date.now() < this.until ? (await this.known).get(address) : undefined;
    // Whoever has just come is in no table read before: a child's television must not be a stranger for that long.
    return known ?? (await this.read()).get(address) ?? null;
  }

  private read(): Promise<Map<string, string>> {
    this.until = Date.now() + trustMs;
    // No such table but on Linux: devices are then told apart by their addresses.
    this.known = readFile(this.path, 'utf8').then(parseNeighbours, () => new Map<string, string>());
    return this.known;
  }
}
