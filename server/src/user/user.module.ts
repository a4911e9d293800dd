import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessGuard } from './access.guard.js';
import { AccountController } from './account.controller.js';
import { AccountEntity } from './account.entity.js';
import { AccountService } from './account.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { DeviceSessionEntity } from './device-session.entity.js';
import { FavoriteEntity } from './favorite.entity.js';
import { FavoriteService } from './favorite.service.js';
import { InvitationEntity } from './invitation.entity.js';
import { InvitationService } from './invitation.service.js';
import { PlayStateEntity } from './play-state.entity.js';
import { PlayStateService } from './play-state.service.js';
import { TokenVerifier } from '../events/token-verifier.js';
import { SignInService } from './sign-in.service.js';
import { SessionService } from './session.service.js';
import { SessionTokenVerifier } from './session-token-verifier.js';

const entities = [AccountEntity, DeviceSessionEntity, InvitationEntity, PlayStateEntity, FavoriteEntity];

/** Who lives here, what they saw and what they like; and the guard before every route. */
@Module({
  imports: [TypeOrmModule.forFeature(entities)],
  controllers: [AuthController, AccountController],
  providers: [
    { provide: APP_GUARD, useClass: AccessGuard },
    AccountService,
    AuthService,
    FavoriteService,
    InvitationService,
    PlayStateService,
    SessionService,
    SignInService,
    { provide: TokenVerifier, useClass: SessionTokenVerifier },
  ],
  exports: [AccountService, AuthService, FavoriteService, PlayStateService, SessionService, SignInService],
})
export class UserModule {}
