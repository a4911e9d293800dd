import { Component, computed, effect, inject, model, output, signal, untracked } from '@angular/core';
import { Router } from '@angular/router';
import type { RouteReply } from '@hearth/contract/route';
import {
  type Torrent,
  type TorrentMetadata,
  torrentRoutes,
  type TorrentWarning,
} from '@hearth/contract/torrent';
import { Api } from '../core/api/api';
import { toProblem } from '../core/api/problem';
import { translator } from '../core/i18n/i18n';
import { problemWords } from '../core/i18n/problem-words';
import { paths } from '../core/paths';
import { Toasts } from '../core/toasts';
import { Choice } from '../ui/choice';
import { Dialog } from '../ui/dialog';
import { Icon } from '../ui/icon';
import { Switch } from '../ui/switch';
import { TextField } from '../ui/text-field';
import { addMessages } from './add-messages';
import { namedPick, usualPick } from './file-pick';
import { FilePicker } from './file-picker';
import { torrentLinkIn } from './link-text';
import { torrentWords } from './torrent-words';

/** What the dialog begins with: nothing, or what was dropped or pasted. */
export type AddStart = { readonly link?: string; readonly file?: File };

/** The server takes no larger ones. */
const mostBytes = 8 * 1024 * 1024;

/** Adds a torrent: first what it is, then what is in it and what to do with it. */
@Component({
  selector: 'app-add-dialog',
  imports: [Choice, Dialog, FilePicker, Icon, Switch, TextField],
  templateUrl: './add-dialog.html',
  styleUrl: './add-dialog.css',
})
export class AddDialog {
  readonly #api = inject(Api);
  readonly #router = inject(Router);
  readonly #toasts = inject(Toasts);
  readonly #problems = problemWords();
  protected readonly t = translator(addMessages);
  protected readonly words = torrentWords();
  /** `null` while it is closed. */
  readonly start = model.required<AddStart | null>();
  readonly added = output<Torrent>();
  protected readonly link = signal('');
  protected readonly known = signal<TorrentMetadata | null>(null);
  /** What its trackers say of others, once they do. */
  protected readonly swarm = signal<RouteReply<typeof torrentRoutes.swarm> | null>(null);
  /** What is going on, in words; empty while nothing is. */
  protected readonly busy = signal('');
  protected readonly trouble = signal('');
  protected readonly tried = signal(false);
  protected readonly chosen = signal<ReadonlySet<number>>(new Set());
  protected readonly how = signal<'stream' | 'download'>('stream');
  protected readonly shared = signal(false);
  /** What is to be added: a link, or a file’s bytes. */
  #source: { readonly link: string } | { readonly file: Blob } = { link: '' };
  /** Answers to what was asked before are not wanted any more. */
  #round = 0;

  protected readonly guess = computed(() => {
    const known = this.known();
    const text = known ? this.words.guess(known.guess) : '';
    return text === known?.name ? '' : text;
  });
  protected readonly facts = computed(() => {
    const known = this.known();
    if (!known) return '';
    const { size, pieceCount: count, pieceLength } = known;
    return [
      ...(size === null ? [] : [this.words.bytes(size)]),
      ...(count === null || pieceLength === null
        ? []
        : [this.t('pieces', { count, size: this.words.bytes(pieceLength) })]),
      ...(known.private ? [this.t('private')] : []),
      ...this.#others(),
    ].join(' · ');
  });
  protected readonly warnings = computed(() =>
    (this.known()?.warnings ?? []).map((one) => this.#warning(one)),
  );
  protected readonly ways = computed(() => [
    { value: 'stream' as const, name: this.t('howStream') },
    { value: 'download' as const, name: this.t('howDownload') },
  ]);
  /** Whether it can be played as soon as it is there, as far as anybody knows. */
  protected readonly playable = computed(() => {
    const known = this.known();
    return known !== null && (known.files.length === 0 || known.bestFileIndex !== null);
  });
  protected readonly nothing = computed(
    () => (this.known()?.files.length ?? 0) > 0 && this.chosen().size === 0,
  );

  constructor() {
    effect(() => {
      const start = this.start();
      if (start) untracked(() => this.#begin(start));
    });
  }

  #begin({ link, file }: AddStart): void {
    this.back();
    this.how.set('stream');
    this.shared.set(false);
    this.link.set(link ?? '');
    if (file) this.take(file);
    else if (link) void this.read();
  }

  protected close(): void {
    this.#round++;
    this.start.set(null);
  }

  protected back(): void {
    this.#round++;
    this.known.set(null);
    this.swarm.set(null);
    this.busy.set('');
    this.trouble.set('');
    this.tried.set(false);
  }

  protected picked(event: Event): void {
    const [file] = event.target instanceof HTMLInputElement ? (event.target.files ?? []) : [];
    if (file) this.take(file);
  }

  protected take(file: File): void {
    if (file.size > mostBytes) return this.trouble.set(this.t('fileTooLarge'));
    void this.#parse({ file }, this.t('reading'));
  }

  protected submit(event: Event): void {
    event.preventDefault();
    void this.read();
  }

  protected async read(): Promise<void> {
    this.tried.set(true);
    const link = torrentLinkIn(this.link());
    if (link !== undefined && !this.busy()) await this.#parse({ link }, this.t('reading'));
  }

  protected readonly linkFault = computed(() =>
    this.tried() && torrentLinkIn(this.link()) === undefined ? this.t('linkFault') : '',
  );

  /** Others in the swarm say what is behind a magnet link. */
  protected async look(): Promise<void> {
    const magnet = this.known()?.magnet;
    if (magnet === undefined || this.busy()) return;
    const file = await this.#during(this.t('looking'), this.#api.bytes(torrentRoutes.convert, { magnet }));
    if (file) await this.#parse({ file }, this.t('reading'));
  }

  protected async add(play: boolean): Promise<void> {
    const known = this.known();
    if (!known || this.busy() || this.nothing()) return;
    const files = namedPick(known.files, this.chosen());
    const torrent = await this.#during(this.t('add'), this.#send(files));
    if (!torrent) return;
    this.added.emit(torrent);
    this.close();
    if (!play) return void this.#toasts.show(this.t('added', { name: torrent.name }), { tone: 'good' });
    if (torrent.playFileId) return void this.#router.navigateByUrl(paths.watch('file', torrent.playFileId));
    // It starts there, as soon as its contents are known.
    void this.#router.navigate([paths.torrent(torrent.infoHash)], { queryParams: { play: 1 } });
  }

  #send(fileIndices: readonly number[] | undefined): Promise<Torrent> {
    const options = { download: this.how() === 'download', shared: this.shared() };
    if ('link' in this.#source)
      return this.#api.call(torrentRoutes.add, {
        magnet: this.#source.link,
        ...options,
        ...(fileIndices ? { fileIndices: [...fileIndices] } : {}),
      });
    const form = new FormData();
    for (const [name, value] of Object.entries(options)) form.append(name, String(value));
    if (fileIndices) form.append('fileIndices', fileIndices.join(','));
    form.append('torrent', this.#source.file, 'upload.torrent');
    return this.#api.upload(torrentRoutes.add, form);
  }

  async #parse(source: { link: string } | { file: Blob }, words: string): Promise<void> {
    const form = new FormData();
    if ('file' in source) form.append('torrent', source.file, 'upload.torrent');
    const known = await this.#during(
      words,
      'file' in source
        ? this.#api.upload(torrentRoutes.parse, form)
        : this.#api.call(torrentRoutes.parse, { magnet: source.link }),
    );
    if (!known) return;
    this.#source = source;
    this.known.set(known);
    this.chosen.set(usualPick(known.files));
    if (!known.private) void this.#count(known);
  }

  /** Nobody waits for it, and nobody misses it. */
  async #count(known: TorrentMetadata): Promise<void> {
    const swarm = await this.#api.call(torrentRoutes.swarm, { magnet: known.magnet }).catch(() => null);
    if (this.known() === known) this.swarm.set(swarm);
  }

  #others(): string[] {
    const { seeders = null, leechers = null } = this.swarm() ?? {};
    return seeders === null || leechers === null ? [] : [this.t('others', { seeders, leechers })];
  }

  /** What came of it; undefined when it failed, which is said, or nobody wants to know any more. */
  async #during<T>(words: string, done: Promise<T>): Promise<T | undefined> {
    const round = ++this.#round;
    this.busy.set(words);
    this.trouble.set('');
    try {
      const result = await done;
      return this.#round === round ? result : undefined;
    } catch (error) {
      if (this.#round === round) this.trouble.set(this.#problems.message(toProblem(error)));
      return undefined;
    } finally {
      if (this.#round === round) this.busy.set('');
    }
  }

  #warning(warning: TorrentWarning) {
    const bad = warning === 'executable' || warning === 'fake-codec' || warning === 'content-mismatch';
    return { bad, text: this.t(warning === 'private' ? 'privateWarning' : warning) };
  }
}
