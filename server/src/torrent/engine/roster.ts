import { Member } from './member.js';
import { answers, sentWishes } from './messages.js';
import type { EngineSupervisor } from './supervisor.js';
import { EngineError, type EngineTorrent } from './torrent-engine.js';

/** Much may have to be deleted. */
const removeMs = 120_000;
/** Large metadata and slow disks: it is answered before anything is checked. */
const addMs = 60_000;
/** A torrent that so many processes in a row ended of is left out. */
const mostDeaths = 3;

/** What every process has to be told: the torrents, and removals that none has confirmed yet. */
export class Roster {
  private readonly members = new Map<string, Member>();
  /** By infohash, whether the data go too. */
  private readonly removals = new Map<string, boolean>();

  /** @param changed somebody may wait for it */
  constructor(
    private readonly supervisor: Pick<EngineSupervisor, 'ask' | 'state' | 'generation'>,
    private readonly changed: () => void,
  ) {}

  get(infoHash: string): Member | undefined {
    return this.members.get(infoHash);
  }

  /** The process that had them all is gone. */
  leave(): void {
    for (const member of this.members.values()) member.leave();
  }

  clear(): void {
    this.members.clear();
    this.removals.clear();
  }

  /** @throws EngineError what the process has against it; while there is none, it will be told */
  async add(torrent: EngineTorrent): Promise<void> {
    const known = this.members.get(torrent.infoHash);
    const member = known ?? new Member(torrent);
    member.join(torrent);
    this.members.set(torrent.infoHash, member);
    try {
      await this.bring(member);
    } catch (error) {
      if (!known && this.members.get(torrent.infoHash) === member) this.members.delete(torrent.infoHash);
      throw error;
    }
  }

  /** Carried out by this process, or the next. */
  async remove(infoHash: string, data: boolean): Promise<void> {
    this.members.delete(infoHash);
    this.removals.set(infoHash, data || (this.removals.get(infoHash) ?? false));
    this.changed();
    await this.confirm(infoHash, data);
  }

  /** Tells a new process everything; first of those that somebody waits for. @returns those it would not take */
  async restore(): Promise<Member[]> {
    const { generation } = this.supervisor;
    const refused: Member[] = [];
    for (const [infoHash, data] of [...this.removals]) await this.confirm(infoHash, data);
    const waiting = [...this.members.values()].sort((a, b) => b.readers - a.readers);
    for (const member of waiting) {
      if (this.supervisor.generation !== generation || this.members.get(member.torrent.infoHash) !== member)
        continue;
      if (member.place === 'away' && !(await this.take(member))) refused.push(member);
    }
    return refused;
  }

  /** @returns false when it is given up */
  private async take(member: Member): Promise<boolean> {
    if (member.deaths < mostDeaths) {
      const failure = await this.bring(member).then(() => null, asEngineError);
      if (!failure) return true;
      member.fail(failure);
    } else {
      member.fail(new EngineError('invalid', 'The engine ended several times over it'));
    }
    this.changed();
    return false;
  }

  private async bring(member: Member): Promise<void> {
    const { generation } = this.supervisor;
    const isSame = (): boolean =>
      this.supervisor.state === 'running' && this.supervisor.generation === generation;
    if (!isSame()) return;
    const { torrent } = member;
    member.place = member.place === 'there' ? 'there' : 'coming';
    try {
      const sent = { ...torrent, wishes: sentWishes(torrent.wishes) };
      await this.supervisor.ask({ name: 'add', torrent: sent }, answers.add, addMs);
    } catch (error) {
      // The next process will be told of it: to whoever asked, that is a matter of time.
      if (isSame()) {
        member.place = 'away';
        throw error;
      }
      member.deaths++;
    }
    if (!isSame()) return;
    member.place = 'there';
    member.deaths = 0;
    this.changed();
  }

  private async confirm(infoHash: string, data: boolean): Promise<void> {
    try {
      await this.supervisor.ask({ name: 'remove', infoHash, data }, answers.remove, removeMs);
      if (this.removals.get(infoHash) === data) this.removals.delete(infoHash);
    } catch (error) {
      if (this.supervisor.state === 'running') throw error;
    }
  }
}

const asEngineError = (error: unknown): EngineError =>
  error instanceof EngineError ? error : new EngineError('unavailable', String(error));
