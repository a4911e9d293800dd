import { Injectable } from '@nestjs/common';
import { ProblemError } from '../../common/problem-error.js';
import { type ClaimedFile, sniff, SNIFF_BYTES } from './sniff.js';

/** What is wrong with a file, for people. */
const refusals = {
  executable: 'This file is a program that calls itself something else. It is not opened.',
  archive: 'This file is an archive that calls itself something else. It is not opened.',
  'content-mismatch': 'What is in this file is not what its name says. It is not opened.',
  'fake-codec': 'This file wants to have something installed before it plays. It is not opened.',
} as const;

/** Whether a file of a torrent may be opened at all. */
@Injectable()
export class ContentCheck {
  /** How many of its first bytes it takes to tell. */
  readonly headBytes = SNIFF_BYTES;

  /** @param head its first bytes @throws ProblemError TORRENT_REFUSED */
  mustBeHarmless(head: Uint8Array, claimed: ClaimedFile): void {
    const { refusal } = sniff(head, claimed);
    if (refusal) throw new ProblemError('TORRENT_REFUSED', { detail: refusals[refusal] });
  }
}
