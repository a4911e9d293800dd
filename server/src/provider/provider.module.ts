import { Module, type Provider } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
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
import { ProviderEgress } from './provider-egress.service.js';
import { ProviderController } from './provider.controller.js';
import { ProviderService } from './provider.service.js';
import { HiddenProviders } from './registry/hidden-providers.js';
import { OpenProviders } from './registry/open-providers.js';
import { ProviderAdding } from './registry/provider-adding.js';
import { ProviderAdministration } from './registry/provider-administration.js';
import { ProviderEntity, ProviderHiddenEntity, ProviderRecordEntity } from './registry/provider.entity.js';
import { ProviderRows } from './registry/provider-rows.js';
import { providerRuntimesToken } from './registry/provider-runtime.js';
import { ProviderTrial } from './registry/provider-trial.js';
import { ProviderViews } from './registry/provider-views.js';
import { StremioRuntime } from './stremio/stremio-runtime.js';
import { TorznabRuntime } from './torznab/torznab-runtime.js';

const asking = [AnswerStore, Asker, ProviderAnswers, ProviderClock, ProviderFetch, ProviderRecords];
const registry = [
  HiddenProviders, OpenProviders, ProviderAdding, ProviderAdministration, ProviderRows, ProviderTrial, ProviderViews,
]; // prettier-ignore
const images = [ImageAnalyzer, RemoteImages, RemotePictures];

const given: Provider[] = [
  { provide: builtinProvidersToken, useValue: builtinProviders },
  { provide: providerRuntimesToken, useFactory: () => [new StremioRuntime(), new TorznabRuntime()] },
];

/** Where metadata, sources and subtitles come from (ADR 0023). */
@Module({
  imports: [TypeOrmModule.forFeature([ProviderEntity, ProviderHiddenEntity, ProviderRecordEntity])],
  controllers: [ProviderController, RemoteImageController],
  providers: [...given, ...asking, ...registry, ...images, ProviderEgress, ProviderService],
  exports: [ProviderEgress, ProviderService, RemoteImages],
})
export class ProviderModule {}
