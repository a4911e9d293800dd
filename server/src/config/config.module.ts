import { type DynamicModule, Inject, Module } from '@nestjs/common';
import { SealedText } from '../common/sealed-text.js';
import { TicketSigner } from '../common/ticket-signer.js';
import { UrlSigner } from '../common/url-signer.js';
import type { Config } from './config.js';
import { Secrets } from './secrets.js';

/** Token for factories that need the configuration; classes use `@InjectConfig()`. */
export const configToken = Symbol('config');

/** Injects the frozen `Config`. */
export const InjectConfig = (): ParameterDecorator => Inject(configToken);

@Module({})
export class ConfigModule {
  static forRoot(config: Config): DynamicModule {
    const providers = [
      { provide: configToken, useValue: config },
      { provide: Secrets, useFactory: () => Secrets.load(config.dataDirectory) },
      {
        provide: UrlSigner,
        inject: [Secrets],
        useFactory: (secrets: Secrets) => new UrlSigner(secrets.key('media-url')),
      },
      {
        provide: TicketSigner,
        inject: [Secrets],
        useFactory: (secrets: Secrets) => new TicketSigner(secrets.key('stream-ticket')),
      },
      {
        provide: SealedText,
        inject: [Secrets],
        useFactory: (secrets: Secrets) => new SealedText(secrets.sealingKeys(config.providers.securityKeys)),
      },
    ];
    return { module: ConfigModule, global: true, providers, exports: providers };
  }
}
