import type {
  EngineError,
  EngineFacts,
  EngineResume,
  EngineTorrent,
  EngineWishes,
} from './torrent-engine.js';

/** A torrent as the next process is to be told of it, and how it is doing in this one. */
export class Member {
  /** Whether the process that runs now has it, or is being told of it. */
  place: 'away' | 'coming' | 'there' = 'away';
  readers = 0;
  /** Processes in a row that ended while they took it in. */
  deaths = 0;
  private trouble: EngineError | null = null;
  private last: EngineFacts;

  constructor(private known: EngineTorrent) {
    this.last = noFacts(known);
  }

  get torrent(): EngineTorrent {
    return this.known;
  }

  /** What makes waiting for it useless. */
  get failure(): EngineError | null {
    return this.trouble;
  }

  get facts(): EngineFacts {
    return this.last;
  }

  /** Told of once more: what was learnt meanwhile stays. */
  join(told: EngineTorrent): void {
    const { metainfo, resume } = this.known;
    this.known = { ...told, metainfo: metainfo ?? told.metainfo, resume: resume ?? told.resume };
    this.trouble = null;
    this.deaths = 0;
  }

  learn(news: { metainfo?: Uint8Array; resume?: EngineResume; wishes?: EngineWishes }): void {
    this.known = { ...this.known, ...news };
  }

  observe(facts: EngineFacts): void {
    this.last = facts;
    if (facts.phase !== 'failed') this.trouble = null;
  }

  fail(failure: EngineError): void {
    this.trouble = failure;
    this.last = { ...this.last, ...quiet, phase: 'failed', error: failure.message };
  }

  /** The process that had it is gone. */
  leave(): void {
    this.place = 'away';
    this.last = { ...this.last, ...quiet };
  }
}

const quiet = { peers: 0, downloadSpeed: 0, uploadSpeed: 0, readers: [] } satisfies Partial<EngineFacts>;

/** Until the process says more. */
function noFacts({ infoHash, metainfo, resume, wishes }: EngineTorrent): EngineFacts {
  const phase = metainfo === null ? 'metadata' : 'checking';
  return {
    ...quiet,
    infoHash,
    phase: wishes.paused ? 'paused' : phase,
    error: null,
    stalledSince: null,
    seeders: null,
    leechers: null,
    downloaded: resume?.downloaded ?? 0,
    uploaded: resume?.uploaded ?? 0,
    haveBytes: 0,
    wantedProgress: 0,
    fileHaveBytes: [],
  };
}
