import { Component, computed, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Torrent } from '@hearth/contract/torrent';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { ProgressBar } from '../ui/progress-bar';
import { Sparkline } from '../ui/sparkline';
import { torrentMessages } from './messages';
import { speedCapacity, type Speeds } from './speed-history';
import { lookOf } from './torrent-look';
import { type TorrentAsk, TorrentMenu } from './torrent-menu';
import { torrentWords } from './torrent-words';

/** Lines of less (bytes a second) stay low: what hardly moves must not look busy. */
const leastSpeed = 50_000;

/** One torrent in the list: what it is, how it is doing, how fast. */
@Component({
  selector: 'app-torrent-row',
  imports: [Icon, IconButton, ProgressBar, RouterLink, Sparkline, TorrentMenu],
  templateUrl: './torrent-row.html',
  styleUrl: './torrent-row.css',
})
export class TorrentRow {
  readonly torrent = input.required<Torrent>();
  readonly speeds = input<Speeds>({ down: [], up: [] });
  readonly ask = output<TorrentAsk>();
  protected readonly t = translator(torrentMessages);
  protected readonly words = torrentWords();
  protected readonly paths = paths;
  protected readonly capacity = speedCapacity;
  protected readonly least = leastSpeed;
  protected readonly look = computed(() => lookOf(this.torrent().state));
  protected readonly state = computed(() => this.t(this.look().word));
  /** Why it waits or failed, in the server’s words. */
  protected readonly reason = computed(() => {
    const { state, message } = this.torrent();
    return state === 'stalled' || state === 'failed' || state === 'held' ? message : '';
  });
  protected readonly percent = computed(() => this.words.percent(this.torrent().progress));
  protected readonly unknown = computed(() => this.torrent().state === 'metadata');
  protected readonly facts = computed(() => this.words.facts(this.torrent()).join(' · '));
}
