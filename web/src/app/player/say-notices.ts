import { effect, inject, untracked } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { reasonsOf, streamWords } from '../core/i18n/stream-words';
import { Live } from '../core/live/live';
import { Toasts } from '../core/toasts';
import { playerMessages } from './messages';
import { Playback } from './playback';
import { saySubtitleTroubles } from './subtitle-troubles';

/** Says in passing what changed by itself or could not be done. Call where injection works. */
export function sayNotices(): void {
  const playback = inject(Playback);
  const toasts = inject(Toasts);
  const streams = streamWords();
  const t = translator(playerMessages);
  effect(() => {
    const notice = playback.notice();
    untracked(() => {
      if (notice?.kind === 'choiceFailed')
        toasts.show([t('choiceFailed'), notice.detail].filter(Boolean).join(' '), { tone: 'bad' });
      if (notice?.kind === 'stepped') toasts.show(t('steppedDown', { quality: notice.quality }));
      if (notice?.kind !== 'converted') return;
      const code = reasonsOf(notice.session.streams)[0];
      toasts.show(code ? t('converted', { reason: streams.reason(code) }) : t('convertedPlain'));
    });
  });
  inject(Live).on('playback.status', ({ sessionId, state }) => {
    if (state !== 'ended' || sessionId !== playback.session()?.sessionId) return;
    playback.pause();
    toasts.show(t('endedElsewhere'), { tone: 'bad' });
  });
  saySubtitleTroubles();
}
