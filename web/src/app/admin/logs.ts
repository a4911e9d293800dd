import {
  afterRenderEffect,
  Component,
  computed,
  type ElementRef,
  inject,
  linkedSignal,
  signal,
  viewChild,
} from '@angular/core';
import { type LogEntry, systemRoutes } from '@hearth/contract/system';
import { resource } from '../core/api/resource';
import { I18n, translator } from '../core/i18n/i18n';
import { Live } from '../core/live/live';
import { ProblemState } from '../core/problem-state';
import { copyText } from '../ui/clipboard';
import { Icon } from '../ui/icon';
import { SelectField } from '../ui/select-field';
import { TextField } from '../ui/text-field';
import { fits, lineOf, type LogLevel, mostLines, pairsOf, withEntry } from './log-lines';
import { adminMessages } from './messages';

const levels = ['debug', 'info', 'warn', 'error'] as const;

/** What the server says of itself, as it says it. */
@Component({
  selector: 'app-logs',
  imports: [Icon, ProblemState, SelectField, TextField],
  templateUrl: './logs.html',
  styleUrl: './logs.css',
})
export class Logs {
  readonly #i18n = inject(I18n);
  protected readonly live = inject(Live).connected;
  protected readonly t = translator(adminMessages);
  protected readonly level = signal<LogLevel>('info');
  protected readonly query = signal('');
  protected readonly copied = signal(false);
  /** At the end: new lines are followed. Whoever scrolls up is left in peace. */
  protected readonly following = signal(true);
  protected readonly past = resource(systemRoutes.logs, () => ({ level: this.level(), limit: mostLines }));
  readonly #entries = linkedSignal<readonly LogEntry[]>(() => this.past.value()?.items ?? []);
  private readonly list = viewChild<ElementRef<HTMLElement>>('list');

  protected readonly options = computed(() => levels.map((value) => ({ value, name: this.t(value) })));
  protected readonly lines = computed(() => {
    const time = new Intl.DateTimeFormat(this.#i18n.locale(), { timeStyle: 'medium' });
    return this.#entries()
      .filter((entry) => fits(entry, this.level(), this.query()))
      .map((entry) => ({
        entry,
        time: time.format(new Date(entry.time)),
        data: pairsOf(entry),
      }));
  });

  constructor() {
    inject(Live).on('log.entry', (entry) => this.#entries.update((entries) => withEntry(entries, entry)));
    afterRenderEffect(() => {
      this.lines();
      const list = this.list()?.nativeElement;
      if (list && this.following()) list.scrollTop = list.scrollHeight;
    });
  }

  protected choose(value: string): void {
    const level = levels.find((candidate) => candidate === value);
    if (level) this.level.set(level);
  }

  protected scrolled(): void {
    const list = this.list()?.nativeElement;
    if (list) this.following.set(list.scrollHeight - list.scrollTop - list.clientHeight < 40);
  }

  protected async copy(): Promise<void> {
    this.copied.set(
      await copyText(
        this.lines()
          .map(({ entry }) => lineOf(entry))
          .join('\n'),
      ),
    );
    setTimeout(() => this.copied.set(false), 2000);
  }
}
