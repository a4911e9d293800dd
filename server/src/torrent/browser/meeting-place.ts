import { hashText, type SwarmMessage } from './swarm-message.js';

/** A browser that plays a torrent. */
export interface Guest {
  readonly accountId: string;
  readonly infoHash: string;
  /** Says it over the guest's socket. */
  send(message: object): void;
}

/** Browsers that one torrent brings together. */
const mostGuests = 32;
/** Seconds until a browser is to announce itself again: for a second try, as who comes offers to all who are there. */
const announceSeconds = 300;

/**
 * Who is introduced to whom: hands offers and answers (SDP) on between browsers that play the same torrent, and knows
 * nothing of what they say to each other. Where a torrent is nobody else's business, a person's own browsers meet.
 */
export class MeetingPlace {
  private readonly swarms = new Map<string, Map<string, Guest>>();
  private readonly names = new Map<Guest, string>();

  /** @param isShared whether the household sees a torrent, or only those who added it, each for themselves */
  constructor(private readonly isShared: (infoHash: string) => boolean) {}

  /** @returns false for what an honest browser does not say: it is to be shown out */
  hear(guest: Guest, message: SwarmMessage): boolean {
    if (message.info_hash !== hashText(guest.infoHash) || !this.admit(guest, message.peer_id)) return false;
    if ('answer' in message) {
      const to = this.swarmOf(guest).get(message.to_peer_id);
      const { action, info_hash, peer_id, offer_id, answer } = message;
      if (to && this.mayMeet(guest, to)) to.send({ action, info_hash, peer_id, offer_id, answer });
      return true;
    }
    if (message.event === 'stopped') this.leave(guest);
    else this.introduce(guest, message);
    return true;
  }

  leave(guest: Guest): void {
    const name = this.names.get(guest);
    if (name === undefined) return;
    this.names.delete(guest);
    const swarm = this.swarms.get(guest.infoHash);
    swarm?.delete(name);
    if (swarm?.size === 0) this.swarms.delete(guest.infoHash);
  }

  /** Under one name as long as they stay, and nobody else's. */
  private admit(guest: Guest, peerId: string): boolean {
    const known = this.names.get(guest);
    if (known !== undefined) return known === peerId;
    const swarm = this.swarms.get(guest.infoHash) ?? new Map<string, Guest>();
    if (swarm.size >= mostGuests || swarm.has(peerId)) return false;
    this.swarms.set(guest.infoHash, swarm.set(peerId, guest));
    this.names.set(guest, peerId);
    return true;
  }

  private introduce(guest: Guest, { action, info_hash, peer_id, offers }: Announcement): void {
    const others = [...this.swarmOf(guest).values()].filter(
      (other) => other !== guest && this.mayMeet(guest, other),
    );
    guest.send({ action, info_hash, interval: announceSeconds, complete: 0, incomplete: others.length + 1 });
    // One offer makes one connection. Who came last has met the fewest.
    for (const [index, other] of others.toReversed().entries()) {
      const made = offers[index];
      if (!made) return;
      other.send({ action, info_hash, peer_id, ...made });
    }
  }

  private mayMeet(one: Guest, other: Guest): boolean {
    return one.accountId === other.accountId || this.isShared(one.infoHash);
  }

  private swarmOf({ infoHash }: Guest): ReadonlyMap<string, Guest> {
    return this.swarms.get(infoHash) ?? new Map<string, Guest>();
  }
}

type Announcement = Exclude<SwarmMessage, { answer: unknown }>;
