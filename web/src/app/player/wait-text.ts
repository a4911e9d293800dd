import { computed, inject, type Signal } from '@angular/core';
import { formatSpeed } from '../core/format';
import { I18n, translator } from '../core/i18n/i18n';
import { playerMessages } from './messages';
import { SessionWatch } from './session-watch';
import { TorrentWatch } from './torrent-watch';
import { waitWords } from './wait-words';

/** Why nothing plays yet, as near as the server knows; undefined where it does not. Call where injection works. */
export function waitText(): Signal<string | undefined> {
  const t = translator(playerMessages);
  const { locale } = inject(I18n);
  const session = inject(SessionWatch);
  const torrent = inject(TorrentWatch);
  return computed(() => {
    const known = waitWords(session.status());
    if (known) return t(known.key, known.values);
    const swarm = torrent.status();
    // What is there already waits for something else.
    if (!swarm || swarm.progress >= 100) return undefined;
    if (swarm.peers === 0) return t('waitTorrentNobody');
    const ready = torrent.readyBytes();
    if (ready === null || ready > 0) return undefined;
    return t('waitTorrent', { count: swarm.peers, speed: formatSpeed(swarm.downloadSpeed, locale()) });
  });
}
