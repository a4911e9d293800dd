import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { whyNoLan } from '../../../support/lan.js';

/** Nobody. VLC and Kodi refuse to be root. */
const UID = '65534';

/** Why real players can't run here; undefined if they can. */
export function whyNoPeers(): string | undefined {
  return process.getuid?.() === 0 ? whyNoLan() : 'only root can start players as somebody else';
}

/** A home for a program that must not be root. */
export class PrivateUser {
  private constructor(readonly home: string) {}

  static async make(): Promise<PrivateUser> {
    return new PrivateUser(await mkdtemp(join(tmpdir(), 'hearth-peer-')));
  }

  /** What goes before a command to run it as this user, who owns the home from now on. */
  get entry(): [string, ...string[]] {
    execFileSync('chown', ['-R', `${UID}:${UID}`, this.home]);
    const identity = ['--reuid', UID, '--regid', UID, '--clear-groups'];
    return ['setpriv', ...identity, 'env', `HOME=${this.home}`, `XDG_RUNTIME_DIR=${this.home}`];
  }

  remove(): Promise<void> {
    return rm(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}
