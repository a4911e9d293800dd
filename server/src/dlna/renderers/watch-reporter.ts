import type { PlayerState } from '@hearth/dlna/control/player-state';
import type { RendererDevice, RendererReport } from '../../playback/renderer/renderer-playback.service.js';
import type { CastEntry } from './cast-entry.js';

/** Between two reports of the same state, ms: often enough to resume within seconds, rarely enough for a database. */
const interval = 5_000;

/** Writes what a screen plays to the history of the person who sent it. */
export class WatchReporter {
  private last: { fileId: string; state: RendererReport['state']; at: number } | undefined;

  /** @param save must not throw; reports are awaited by nobody */
  constructor(
    private readonly device: () => RendererDevice,
    private readonly save: (report: RendererReport) => void,
    private readonly now = () => performance.now(),
  ) {}

  heard({ phase, item, positionSeconds }: PlayerState<CastEntry>): void {
    if ((phase !== 'playing' && phase !== 'paused') || !item?.fileId) return;
    const now = this.now();
    const { last } = this;
    const isSame = last?.fileId === item.fileId && last.state === phase;
    if (isSame && now - last.at < interval) return;
    this.report(item, item.fileId, positionSeconds, phase, now);
  }

  /** It plays no longer, or something else does. */
  left(item: CastEntry, positionSeconds: number): void {
    const { last } = this;
    if (!item.fileId || last?.fileId !== item.fileId || last.state === 'stopped') return;
    this.report(item, item.fileId, positionSeconds, 'stopped', this.now());
  }

  private report(
    { accountId }: CastEntry,
    fileId: string,
    positionSeconds: number,
    state: RendererReport['state'],
    at: number,
  ): void {
    this.last = { fileId, state, at };
    this.save({ accountId, device: this.device(), fileId, positionSeconds, state });
  }
}
