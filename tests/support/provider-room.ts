import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { providerManifest, type ProviderManifestInput } from '../../contract/src/provider-manifest.js';
import { openTestDatabase, type TestDatabase } from './database.js';
import { quietLogger } from './probe-job.js';
import { TieredCache } from '../../server/src/cache/tiered-cache.js';
import { SealedText } from '../../server/src/common/sealed-text.js';
import { EventBus } from '../../server/src/events/event-bus.js';
import type { AnyProvider } from '../../server/src/provider/provider.js';
import { ProviderEgress } from '../../server/src/provider/provider-egress.service.js';
import { ProviderService } from '../../server/src/provider/provider.service.js';
import { HiddenProviders } from '../../server/src/provider/registry/hidden-providers.js';
import { OpenProviders } from '../../server/src/provider/registry/open-providers.js';
import { ProviderAdding } from '../../server/src/provider/registry/provider-adding.js';
import { ProviderAdministration } from '../../server/src/provider/registry/provider-administration.js';
import { ProviderRenewal } from '../../server/src/provider/registry/provider-renewal.js';
import {
  ProviderEntity,
  ProviderHiddenEntity,
  ProviderRecordEntity,
} from '../../server/src/provider/registry/provider.entity.js';
import { ProviderRows } from '../../server/src/provider/registry/provider-rows.js';
import type { ProviderRuntime } from '../../server/src/provider/registry/provider-runtime.js';
import { ProviderTrial } from '../../server/src/provider/registry/provider-trial.js';
import { ProviderViews } from '../../server/src/provider/registry/provider-views.js';
import { AnswerStore } from '../../server/src/provider/asking/answer-store.js';
import { Asker } from '../../server/src/provider/asking/asker.js';
import { ProviderAnswers } from '../../server/src/provider/asking/provider-answers.js';
import { ProviderFetch } from '../../server/src/provider/asking/provider-fetch.js';
import { ProviderRecords } from '../../server/src/provider/asking/provider-records.js';
import { TestClock } from './provider-clock.js';

/** A manifest of a provider that answers everything about films. */
export const testManifest = (given: Partial<ProviderManifestInput> = {}) =>
  providerManifest.parse({
    ...{ schema: 1, id: 'org.example.films', name: 'Films', version: '1.0.0', runtime: 'builtin' },
    types: ['movie'],
    resources: ['catalog', 'metadata', 'source', 'subtitle'],
    catalogs: [{ type: 'movie', id: 'top', name: 'Top' }],
    ...given,
  });

const keys: [Buffer] = [randomBytes(32)];

export interface RoomOptions {
  readonly builtin?: readonly (() => AnyProvider)[];
  readonly runtimes?: readonly ProviderRuntime[];
  /** Another process on the same data. */
  readonly sharing?: ProviderRoom;
  readonly keys?: [Buffer, ...Buffer[]];
}

/** All of `provider/` on a database of its own, with time in the test's hands. */
export class ProviderRoom {
  readonly clock = new TestClock();
  readonly egress = new ProviderEgress();
  readonly events: EventBus;
  readonly rows: ProviderRows;
  readonly open: OpenProviders;
  readonly records: ProviderRecords;
  readonly service: ProviderService;
  readonly administration: ProviderAdministration;
  readonly views: ProviderViews;
  readonly renewal: ProviderRenewal;
  readonly trial: ProviderTrial;

  private constructor(
    readonly data: TestDatabase,
    readonly cacheDirectory: string,
    { builtin = [], runtimes = [], keys: own = keys }: RoomOptions,
  ) {
    const { database } = data;
    const logger = quietLogger();
    const sealed = new SealedText(own);
    this.events = new EventBus(database, logger);
    this.rows = new ProviderRows(database, sealed, this.events, builtin);
    this.open = new OpenProviders(this.rows, runtimes, builtin);
    this.records = new ProviderRecords(database, this.events, this.clock, logger);
    const hidden = new HiddenProviders(database);
    const config = { providers: { securityKeys: [], allowPrivateHosts: ['127.0.0.1'] } };
    const fetches = new ProviderFetch(config, this.egress);
    const asker = new Asker(fetches, this.egress, this.records, this.rows, this.clock, logger);
    const store = new AnswerStore(new TieredCache({ directory: cacheDirectory, logger }), sealed, this.clock);
    const answers = new ProviderAnswers(this.open, store, asker, this.clock);
    const adding = new ProviderAdding(this.rows, fetches, runtimes);
    this.service = new ProviderService(this.rows, hidden, this.records, store, answers);
    this.administration = new ProviderAdministration(
      ...([this.rows, adding, this.open, store, this.records, runtimes] as const),
    );
    const images = { lookup: () => Promise.resolve(() => null) };
    this.views = new ProviderViews(this.rows, this.records, hidden, this.egress, this.clock, images);
    this.renewal = new ProviderRenewal(this.rows, adding, this.records, this.clock, logger, runtimes);
    this.trial = new ProviderTrial(this.open, asker, this.renewal, this.clock);
  }

  static async make(options: RoomOptions = {}): Promise<ProviderRoom> {
    const { sharing } = options;
    const data =
      sharing?.data ?? (await openTestDatabase([ProviderEntity, ProviderHiddenEntity, ProviderRecordEntity]));
    const directory = sharing?.cacheDirectory ?? (await mkdtemp(join(tmpdir(), 'hearth-answers-')));
    const room = new ProviderRoom(data, directory, options);
    await room.rows.settle();
    if (!sharing) for (const { id } of await room.rows.all()) await room.rows.change(id, { enabled: true });
    return room;
  }

  /** The id of the first one, or of the one of this key. */
  async id(key?: string): Promise<string> {
    const row = (await this.rows.all()).find(({ manifest }) => key === undefined || manifest.id === key);
    if (!row) throw new Error('There is no such provider');
    return row.id;
  }

  async health(id: string) {
    return (await this.views.one(id, 'nobody')).health;
  }

  async dispose(): Promise<void> {
    await this.open.onApplicationShutdown();
    await this.records.onApplicationShutdown();
    await this.data.close();
    await rm(this.cacheDirectory, { recursive: true, force: true });
  }
}
