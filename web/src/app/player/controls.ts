import { Component, computed, inject, input, output, viewChild } from '@angular/core';
import { formatClock } from '../core/format';
import { translator } from '../core/i18n/i18n';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { CastMenu } from './cast-menu';
import type { PlayerCommand } from './keyboard-map';
import { playerMessages } from './messages';
import { Playback } from './playback';
import { SeekBar } from './seek-bar';
import { TrackMenus } from './track-menus';
import { VolumeControl } from './volume-control';

/** The bar below the picture. What reaches beyond playing (full screen, panels, leaving) goes up as a command. */
@Component({
  selector: 'app-player-controls',
  imports: [CastMenu, Icon, IconButton, Menu, SeekBar, TrackMenus, VolumeControl],
  templateUrl: './controls.html',
  styleUrl: './controls.css',
})
export class Controls {
  protected readonly playback = inject(Playback);
  protected readonly t = translator(playerMessages);
  protected readonly clock = formatClock;
  readonly fullscreen = input(false);
  readonly ask = output<PlayerCommand>();
  readonly subtitleSettings = output();
  private readonly menus = viewChild(TrackMenus);
  private readonly cast = viewChild(CastMenu);
  private readonly more = viewChild<Menu>('more');
  private readonly seekBar = viewChild(SeekBar);

  /** While a menu is open or the seek bar is held, the controls stay. */
  readonly busy = computed(
    () =>
      (this.menus()?.open() ?? false) ||
      (this.cast()?.open() ?? false) ||
      (this.more()?.open() ?? false) ||
      (this.seekBar()?.dragging() ?? false),
  );
  /** A place is being looked at on the seek bar. */
  readonly looking = computed(() => this.seekBar()?.looking() ?? false);
  protected readonly hasPip = 'pictureInPictureEnabled' in document && document.pictureInPictureEnabled;
  protected readonly state = this.playback.state;
  protected readonly chapters = computed(() => this.playback.session()?.chapters ?? []);
  protected readonly hasNext = computed(() => Boolean(this.playback.session()?.nextEpisode));

  /** A key went somewhere: shows for a moment where that is. */
  glance(): void {
    this.seekBar()?.glance();
  }
}
