import { Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { Torrent } from '@hearth/contract/torrent';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Icon } from '../ui/icon';
import { IconButton } from '../ui/icon-button';
import { Menu } from '../ui/menu';
import { torrentMessages } from './messages';
import { pausable } from './torrent-look';

/** What somebody wants done with a torrent. */
export type TorrentAsk =
  'pause' | 'resume' | 'whole' | 'less' | 'keep' | 'share' | 'unshare' | 'magnet' | 'remove';

/** What can be done with a torrent, by who may do it. */
@Component({
  selector: 'app-torrent-menu',
  imports: [Icon, IconButton, Menu, RouterLink],
  template: `
    <app-menu [label]="t('more', { name: torrent().name })">
      <button
        menuButton
        appIconButton
        icon="more_vert"
        [label]="t('more', { name: torrent().name })"
      ></button>
      @if (torrent().playFileId; as fileId) {
        <a role="menuitem" [routerLink]="paths.watch('file', fileId)">
          <app-icon name="play_arrow" />{{ t('play') }}
        </a>
      }
      @if (details()) {
        <a role="menuitem" [routerLink]="paths.torrent(torrent().infoHash)">
          <app-icon name="info" />{{ t('details') }}
        </a>
      }
      @if (mayChange()) {
        @if (pausable()) {
          <button role="menuitem" type="button" (click)="ask.emit('pause')">
            <app-icon name="pause" />{{ t('pause') }}
          </button>
        } @else {
          <button role="menuitem" type="button" (click)="ask.emit('resume')">
            <app-icon name="play_circle" />{{ t('resume') }}
          </button>
        }
        <button role="menuitem" type="button" (click)="ask.emit(torrent().download ? 'less' : 'whole')">
          <app-icon [name]="torrent().download ? 'visibility' : 'download'" />{{
            t(torrent().download ? 'downloadLess' : 'downloadWhole')
          }}
        </button>
        @if (torrent().kept === 'no') {
          <button role="menuitem" type="button" (click)="ask.emit('keep')">
            <app-icon name="video_library" />{{ t('keep') }}
          </button>
        }
        <button role="menuitem" type="button" (click)="ask.emit(torrent().shared ? 'unshare' : 'share')">
          <app-icon [name]="torrent().shared ? 'person' : 'group'" />{{
            t(torrent().shared ? 'unshare' : 'share')
          }}
        </button>
      }
      <button role="menuitem" type="button" (click)="ask.emit('magnet')">
        <app-icon name="link" />{{ t('copyMagnet') }}
      </button>
      @if (mayChange()) {
        <button role="menuitem" type="button" (click)="ask.emit('remove')">
          <app-icon name="delete" />{{ t('remove') }}
        </button>
      }
    </app-menu>
  `,
})
export class TorrentMenu {
  readonly #session = inject(Session);
  readonly torrent = input.required<Torrent>();
  /** With a way to its page. */
  readonly details = input(true);
  readonly ask = output<TorrentAsk>();
  protected readonly t = translator(torrentMessages);
  protected readonly paths = paths;
  protected readonly mayChange = computed(() => this.torrent().mine || this.#session.isAdmin());
  protected readonly pausable = computed(() => pausable(this.torrent()));
}
