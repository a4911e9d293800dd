import { Component, computed, input } from '@angular/core';
import type { TorrentPeer } from '@hearth/contract/torrent';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { detailsMessages } from './details-messages';
import { torrentWords } from './torrent-words';

/** Who else has pieces, and how much comes and goes; the fastest first. */
@Component({
  selector: 'app-torrent-peers',
  imports: [Icon],
  template: `
    <ul>
      @for (peer of rows(); track peer.key) {
        <li>
          <div class="text">
            <p class="name">{{ peer.client }}</p>
            <p class="note tabular">
              <bdi dir="ltr">{{ peer.address }}</bdi> · {{ peer.note }}
            </p>
          </div>
          <p class="speeds tabular">
            <span><app-icon name="arrow_downward" />{{ peer.down }}</span>
            <span><app-icon name="arrow_upward" />{{ peer.up }}</span>
          </p>
        </li>
      } @empty {
        <li class="note">{{ t('noPeers') }}</li>
      }
    </ul>
  `,
  styles: `
    li {
      display: flex;
      flex-wrap: wrap;
      gap: 0.25rem 1rem;
      align-items: center;
      justify-content: space-between;
      padding-block: 0.5rem;
    }
    li + li {
      border-block-start: 1px solid var(--app-line);
    }
    .text {
      min-inline-size: 0;
    }
    .name {
      font-weight: 550;
      overflow-wrap: anywhere;
    }
    .note {
      color: var(--app-text-3);
      font-size: var(--app-text-sm);
      overflow-wrap: anywhere;
    }
    .speeds {
      display: flex;
      gap: 0.75rem;
      color: var(--app-text-2);
      font-size: var(--app-text-sm);
    }
    .speeds span {
      display: inline-flex;
      gap: 0.125rem;
      align-items: center;
      min-inline-size: 5.25rem;
    }
    app-icon {
      inline-size: 1rem;
      block-size: 1rem;
    }
  `,
})
export class TorrentPeers {
  readonly peers = input.required<readonly TorrentPeer[]>();
  protected readonly t = translator(detailsMessages);
  readonly #words = torrentWords();
  protected readonly rows = computed(() =>
    [...this.peers()]
      .sort((a, b) => b.downloadSpeed + b.uploadSpeed - a.downloadSpeed - a.uploadSpeed)
      .map((peer, at) => ({
        key: `${peer.kind} ${peer.address} ${at}`,
        client: peer.client ?? this.t(peer.kind === 'webseed' ? 'webseed' : 'unknownClient'),
        address: peer.address,
        note: [
          this.t(peer.kind),
          ...(peer.kind === 'webseed' ? [] : [this.t(peer.incoming ? 'incoming' : 'outgoing')]),
          ...(peer.progress === null ? [] : [this.t('has', { percent: this.#words.percent(peer.progress) })]),
          ...(peer.choking ? [this.t('choking')] : []),
        ].join(' · '),
        down: this.#words.speed(peer.downloadSpeed),
        up: this.#words.speed(peer.uploadSpeed),
      })),
  );
}
