import { Component, computed, inject, input } from '@angular/core';
import { Router } from '@angular/router';
import { translator } from '../core/i18n/i18n';
import { paths } from '../core/paths';
import { Session } from '../core/session/session';
import { Entrance } from '../ui/entrance';
import { AccountStep } from './account-step';
import { DoneStep } from './done-step';
import { FoldersStep } from './folders-step';
import { setupMessages } from './messages';
import { TasteStep } from './taste-step';

const steps = ['account', 'folders', 'taste', 'done'] as const;
type Step = (typeof steps)[number];

/** The first run: who runs the server, where the films are, how you like it. The address holds the step, so Back works. */
@Component({
  selector: 'app-setup',
  imports: [AccountStep, DoneStep, Entrance, FoldersStep, TasteStep],
  templateUrl: './setup.html',
  styleUrl: './setup.css',
  host: { '[style.--entrance-width]': 'step() === "account" ? "28rem" : "40rem"' },
})
export class Setup {
  readonly #session = inject(Session);
  readonly #router = inject(Router);
  /** The step by name, from the address. */
  readonly at = input<string>();
  protected readonly t = translator(setupMessages);
  protected readonly steps = steps;

  protected readonly step = computed<Step>(() => {
    // Everything but the first step needs the account; and once it is there, there is no way back to making it.
    if (!this.#session.signedIn()) return 'account';
    const wanted = steps.find((step) => step === this.at());
    return wanted === undefined || wanted === 'account' ? 'folders' : wanted;
  });
  protected readonly index = computed(() => steps.indexOf(this.step()));

  protected go(step: Step): void {
    void this.#router.navigate([], { queryParams: { at: step }, replaceUrl: step === 'folders' });
  }

  protected finish(): void {
    void this.#router.navigateByUrl(paths.home(), { replaceUrl: true });
  }
}
