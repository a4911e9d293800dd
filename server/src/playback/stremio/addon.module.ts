import { Module } from '@nestjs/common';
import { LibraryModule } from '../../library/library.module.js';
import { AddonCatalogs } from './addon-catalogs.service.js';
import { AddonTickets } from './addon-tickets.service.js';
import { AddonController } from './addon.controller.js';
import { AddonService } from './addon.service.js';

/** The home library for apps that speak Stremio's protocol. */
@Module({
  imports: [LibraryModule],
  controllers: [AddonController],
  providers: [AddonCatalogs, AddonService, AddonTickets],
})
export class AddonModule {}
