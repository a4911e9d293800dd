import { Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Logger } from '../common/log/logger.js';
import type { Config } from '../config/config.js';
import { configToken } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { AnswerStore } from './asking/answer-store.js';
import { Asker } from './asking/asker.js';
import { ProviderClock } from './asking/clock.js';
import { ProviderAnswers } from './asking/provider-answers.js';
import { ProviderFetch } from './asking/provider-fetch.js';
import { ProviderRecords } from './asking/provider-records.js';
import { builtinProviders, builtinProvidersToken } from './builtin/builtin-providers.js';
import { ImageAnalyzer } from '../common/pictures/image-analyzer.js';
import { RemoteImageController } from './images/remote-image.controller.js';
import { RemoteImages } from './images/remote-images.service.js';
import { RemotePictures } from './images/remote-pictures.js';
import { ProviderPackageEntity } from './packages/package.entity.js';
import { SandboxRuntime } from './packages/sandbox-runtime.js';
import { ProviderEgress } from './provider-egress.service.js';
import { ProviderController } from './provider.controller.js';
import { ProviderService } from './provider.service.js';
import { HiddenProviders } from './registry/hidden-providers.js';
import { OpenProviders } from './registry/open-providers.js';
import { ProviderAdding } from './registry/provider-adding.js';
import { ProviderAdministration } from './registry/provider-administration.js';
import { ProviderRenewal } from './registry/provider-renewal.js';
import { ProviderEntity, ProviderHiddenEntity, ProviderRecordEntity } from './registry/provider.entity.js';
import { ProviderRows } from './registry/provider-rows.js';
import { providerRuntimesToken } from './registry/provider-runtime.js';
import { ProviderTrial } from './registry/provider-trial.js';
import { ProviderViews } from './registry/provider-views.js';
import { StremioRuntime } from './stremio/stremio-runtime.js';
import { TorznabRuntime } from './torznab/torznab-runtime.js';

const asking = [AnswerStore, Asker, ProviderAnswers, ProviderClock, ProviderFetch, ProviderRecords];
const registry = [
  HiddenProviders, OpenProviders, ProviderAdding, ProviderAdministration, ProviderRenewal, ProviderRows, ProviderTrial, ProviderViews,
]; // prettier-ignore
const images = [ImageAnalyzer, RemoteImages, RemotePictures];

const given: Provider[] = [
  { provide: builtinProvidersToken, useValue: builtinProviders },
  {
    provide: providerRuntimesToken,
    inject: [configToken, Database, Logger],
    useFactory: (config: Config, database: Database, logger: Logger) => [
      new SandboxRuntime(config, database, logger),
      new StremioRuntime(),
      new TorznabRuntime(),
    ],
  },
];

const entities = [ProviderEntity, ProviderHiddenEntity, ProviderPackageEntity, ProviderRecordEntity];

/** Where metadata, sources and subtitles come from (ADR 0023). */
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [ProviderController, RemoteImageController],
  providers: [...given, ...asking, ...registry, ...images, ProviderEgress, ProviderService],
  exports: [ProviderEgress, ProviderService, RemoteImages],
})
export class ProviderModule {}
