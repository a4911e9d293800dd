import { inject } from '@angular/core';
import type { AccountLimits } from '@hearth/contract/account';
import { formatBitrate } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { limitsMessages } from './limits-messages';

/** Says in a line what somebody is kept from: “up to age 12 · 1 library hidden · 2 streams”. Empty without limits. */
export function limitsWords(): (limits: AccountLimits) => string {
  const i18n = inject(I18n);
  const t = translator(limitsMessages);
  return ({ maxAge, hiddenLibraryIds, maxStreams, maxBitrate, bandwidth }) => {
    const speed = (bits: number) => formatBitrate(bits, i18n.locale());
    const streams = maxStreams === 0 ? t('noStreams') : t('streamsAtMost', { count: maxStreams ?? 0 });
    return [
      maxAge === null ? '' : maxAge === 0 ? t('allAges') : t('upToAge', { age: maxAge }),
      hiddenLibraryIds.length === 0 ? '' : t('librariesHidden', { count: hiddenLibraryIds.length }),
      maxStreams === null ? '' : streams,
      maxBitrate === null ? '' : t('eachAtMost', { speed: speed(maxBitrate) }),
      bandwidth === null ? '' : t('togetherAtMost', { speed: speed(bandwidth) }),
    ]
      .filter(Boolean)
      .join(' · ');
  };
}
