import type { SessionStatus, StreamDecision } from '@hearth/contract/playback';
import type { RenditionActivity, WaitStep } from '@hearth/contract/session-activity';

/** One encoder of a session, as its row is drawn. */
export interface RenditionFacts {
  readonly id: string;
  readonly kind: 'picture' | 'sound';
  /** `720p`; empty for sound and for the picture's own size. */
  readonly size: string;
  readonly activity: RenditionActivity;
  /** Part of the longest lead an encoder takes, 0–100. */
  readonly aheadPercent: number;
}

/** An encoder rests when it is this far ahead of its viewer: server/src/transcoding/head-wiring.ts. */
const fullAheadSeconds = { picture: 30, sound: 240 } as const;

/** The encoders that work, wait or have failed for a session: not what is only copied, nor qualities nobody plays. */
export function encodersOf({ renditions }: Pick<SessionStatus, 'renditions'>): RenditionFacts[] {
  return renditions
    .filter(({ renditionId, state, aheadSeconds }) => {
      const rests = state === 'idle' && aheadSeconds === 0;
      return !renditionId.endsWith('-copy') && !rests;
    })
    .map((activity) => {
      const { renditionId: id, aheadSeconds } = activity;
      const kind = id.startsWith('a') ? 'sound' : 'picture';
      const size = /^v\d+-(\d+p)/.exec(id)?.[1] ?? '';
      const aheadPercent = Math.min(100, Math.round((aheadSeconds / fullAheadSeconds[kind]) * 100));
      return { id, kind, size, activity, aheadPercent };
    });
}

/** 1 is next; null when nothing of the session waits for its turn. */
export function queuePlace({ renditions }: Pick<SessionStatus, 'renditions'>): number | null {
  const places = renditions.flatMap(({ queuePosition }) => queuePosition ?? []);
  return places.length > 0 ? Math.max(...places) : null;
}

/** The step of the start that lasts. */
export function currentStep({ timeline }: Pick<SessionStatus, 'timeline'>): WaitStep['step'] | null {
  return timeline.findLast(({ endMs }) => endMs === null)?.step ?? null;
}

/** How far through the film, 0–100. */
export function placePercent(status: Pick<SessionStatus, 'positionSeconds' | 'durationSeconds'>): number {
  const { positionSeconds, durationSeconds } = status;
  return durationSeconds > 0 ? Math.min(100, (positionSeconds / durationSeconds) * 100) : 0;
}

/** Every stream's decision in the order the words come in: picture, sounds, subtitles. */
export function decisionsOf({ video, audio, subtitle }: SessionStatus['streams']): StreamDecision[] {
  return [video, ...audio, subtitle].filter((decision) => decision !== null);
}
