import { Component, computed, inject, signal } from '@angular/core';
import { RouterLink } from '@angular/router';
import { formatClock } from '../core/format';
import { translator } from '../core/i18n/i18n';
import { Listening } from '../core/listening/listening';
import { paths } from '../core/paths';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Poster } from '../ui/poster';
import { BarSlider } from './bar-slider';
import { shellMessages } from './messages';

/** What is being listened to, on every page: what, where in it, and what comes. */
@Component({
  selector: 'app-listening-bar',
  imports: [BarSlider, Icon, IconButton, Poster, RouterLink],
  templateUrl: './listening-bar.html',
  styleUrls: ['./bar.css', './listening-bar.css'],
  host: { '(keydown.escape)': 'listOpen.set(false)' },
})
export class ListeningBar {
  protected readonly listening = inject(Listening);
  protected readonly t = translator(shellMessages);
  protected readonly paths = paths;
  protected readonly listOpen = signal(false);
  protected readonly clock = formatClock;
  protected readonly isSounding = computed(() => ['playing', 'loading'].includes(this.listening.state()));
  protected readonly artists = computed(() => {
    const { track, album } = this.listening.current() ?? {};
    return track?.artists.map(({ name }) => name).join(', ') || (album?.artist?.name ?? '');
  });
}
