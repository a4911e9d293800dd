import { playbackRoutes } from '../../contract/src/playback.js';
import { titleRoutes } from '../../contract/src/title.js';
import type { Client } from '../support/client.js';
import { databaseKinds, Hearth } from '../support/hearth.js';
import { MediaFolder } from '../support/media.js';
import { addLibrary, titleNamed } from '../support/scanned.js';
import { waitFor } from '../support/wait-for.js';
import { kills } from './kills.js';

const films = ['One', 'Two', 'Three', 'Four'];
let media: MediaFolder;

beforeAll(async () => {
  media = await MediaFolder.make();
  for (const [n, name] of films.entries()) await media.film(`${name} (200${n}).mkv`, { seconds: 100 });
}, 60_000);
afterAll(() => media.remove());

/** Somebody who watches and saves their place as fast as the server answers. */
class Viewer {
  /** The last position that was answered with 204, and the last that was sent. */
  acknowledged = 0;
  sent = 0;
  saves = 0;

  constructor(
    private readonly client: Client,
    readonly titleId: string,
    private readonly sessionId: string,
  ) {}

  static async of(client: Client, name: string): Promise<Viewer> {
    const { id } = await titleNamed(client, name);
    const { sessionId } = await client.call(playbackRoutes.start, { titleId: id, client: {} });
    return new Viewer(client, id, sessionId);
  }

  /** Saves until the server is gone. */
  async watch(): Promise<void> {
    for (;;) {
      this.sent = (this.sent + 0.25) % 80;
      try {
        await this.client.call(playbackRoutes.progress, {
          sessionId: this.sessionId,
          positionSeconds: this.sent,
        });
      } catch (error) {
        // fetch says so when the connection breaks; an answer other than 204 is a defect. (Not `instanceof`: Jest's
        // TypeError is not that of Node's fetch.)
        if (/^TypeError: (fetch failed|terminated)/.test(String(error))) return;
        throw error;
      }
      this.acknowledged = this.sent;
      this.saves++;
    }
  }

  async stored(): Promise<number> {
    return (await this.client.call(titleRoutes.detail, { id: this.titleId })).state?.positionSeconds ?? 0;
  }
}

describe.each(databaseKinds)('progress on %s', (database) => {
  let hearth: Hearth;
  let admin: Client;

  beforeAll(async () => {
    hearth = await Hearth.start({ database });
    admin = await hearth.setUp();
    await addLibrary(admin, 'movies', media.root);
  }, 60_000);
  afterAll(() => hearth.dispose());

  test(`${kills} kills in the middle of saves lose none that was acknowledged (HEARTH_KILLS=50 for all)`, async () => {
    const viewers = await Promise.all(films.map((name) => Viewer.of(admin, name)));
    for (let kill = 0; kill < kills; kill++) {
      const watching = Promise.all(viewers.map((viewer) => viewer.watch()));
      const before = viewers.map(({ saves }) => saves);
      await waitFor(() => viewers.every(({ saves }, n) => saves > (before[n] ?? 0)), 'a save of each');
      await new Promise((resolve) => setTimeout(resolve, (kill * 37) % 200));
      await hearth.stop('SIGKILL');
      await watching;
      await hearth.boot();
      for (const viewer of viewers) {
        // The one on its way when the power went may have arrived or not; nothing else may be there.
        const stored = await viewer.stored();
        expect([viewer.acknowledged, viewer.sent]).toContain(stored);
        viewer.acknowledged = viewer.sent = stored;
      }
    }
  }, 600_000);
});
