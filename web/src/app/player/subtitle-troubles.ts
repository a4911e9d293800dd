import { effect, inject, untracked } from '@angular/core';
import { translator } from '../core/i18n/i18n';
import { Toasts } from '../core/toasts';
import { playerMessages } from './messages';
import { Subtitles } from './subtitles';

/** One quiet line when subtitles cannot be shown as they are, with what can be done about it. Call where injection works. */
export function saySubtitleTroubles(): void {
  const subtitles = inject(Subtitles);
  const toasts = inject(Toasts);
  const t = translator(playerMessages);
  effect(() => {
    const trouble = subtitles.trouble();
    untracked(() => {
      if (trouble?.kind === 'unreadable') toasts.show(t('subtitleFailed'), { tone: 'bad' });
      if (trouble?.kind === 'plain') toasts.show(t('subtitlePlain'));
      if (trouble?.kind !== 'pictures') return;
      const run = () => subtitles.drawIntoPicture(trouble.id);
      toasts.show(t('subtitlePictures'), { action: { label: t('subtitleBurn'), run } });
    });
  });
}
