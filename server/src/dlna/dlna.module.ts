import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Secrets } from '../config/secrets.js';
import { LibraryModule } from '../library/library.module.js';
import { PlaybackModule } from '../playback/playback.module.js';
import { UserModule } from '../user/user.module.js';
import { CastChoice } from './cast-choice.service.js';
import { CastFetchesService } from './cast-fetches.service.js';
import { CastMedia } from './cast-media.port.js';
import { HouseholdCast } from './cast-media.service.js';
import { DeviceProfiles } from './device-profiles.service.js';
import { DeviceActivity } from './devices/device-activity.service.js';
import { DeviceController } from './devices/device.controller.js';
import { DeviceDeliveries } from './devices/device-deliveries.service.js';
import { DeviceEntity } from './devices/device.entity.js';
import { DeviceRegistry } from './devices/device-registry.service.js';
import { DeviceViewers } from './devices/device-viewers.service.js';
import { DeviceViews } from './devices/device-views.service.js';
import { Neighbours } from './devices/neighbours.js';
import { AnnouncerService } from './discovery/announcer.service.js';
import { ServerIdentity } from './discovery/server-identity.js';
import { WebAnnouncer } from './discovery/web-announcer.js';
import { DoctorController } from './doctor/doctor.controller.js';
import { DoctorService } from './doctor/doctor.service.js';
import { MediaServerService } from './media-server.service.js';
import { rendererControllers, rendererProviders } from './renderers/renderer.providers.js';
import { CastGrants } from './source/cast-grants.service.js';
import { CastWays } from './source/cast-ways.service.js';
import { HouseholdSource } from './source/household-source.service.js';
import { ResourceIds } from './source/resource-ids.js';
import { ResourceTexts } from './source/resource-texts.service.js';
import { Resources } from './source/resources.service.js';
import { SourceChanges } from './source/source-changes.js';
import { CounterEntity, UpdateCounter } from './source/update-counter.js';
import { treeProviders } from './tree/tree.providers.js';

const devices = [
  DeviceActivity,
  DeviceDeliveries,
  DeviceProfiles,
  DeviceRegistry,
  DeviceViewers,
  DeviceViews,
];
const source = [
  CastGrants,
  CastWays,
  HouseholdSource,
  Resources,
  ResourceTexts,
  SourceChanges,
  UpdateCounter,
];
const discovery = [AnnouncerService, DoctorService, ServerIdentity, WebAnnouncer];

/** Televisions: what they are shown, who they are, and the server they come to. */
@Module({
  imports: [
    TypeOrmModule.forFeature([DeviceEntity, CounterEntity]),
    LibraryModule,
    PlaybackModule,
    UserModule,
  ],
  controllers: [DoctorController, DeviceController, ...rendererControllers],
  providers: [
    ...devices,
    ...source,
    ...discovery,
    ...treeProviders,
    ...rendererProviders,
    CastChoice,
    CastFetchesService,
    { provide: CastMedia, useClass: HouseholdCast },
    {
      provide: ResourceIds,
      inject: [Secrets],
      useFactory: (secrets: Secrets) => new ResourceIds(secrets.key('dlna-resource')),
    },
    { provide: Neighbours, useFactory: () => new Neighbours() },
    MediaServerService,
  ],
})
export class DlnaModule {}
