import { Module } from '@nestjs/common';
import { builtinProviders, builtinProvidersToken } from './builtin/builtin-providers.js';
import { ProviderService } from './provider.service.js';

/** Where metadata, sources and subtitles come from (ADR 0023). */
@Module({
  providers: [{ provide: builtinProvidersToken, useValue: builtinProviders }, ProviderService],
  exports: [ProviderService],
})
export class ProviderModule {}
