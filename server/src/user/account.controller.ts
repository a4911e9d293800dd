import { type Account, accountRoutes, type Invitation, type SharedViewer } from '@hearth/contract/account';
import type { RouteInput } from '@hearth/contract/route';
import { Controller } from '@nestjs/common';
import { type Caller, CurrentCaller } from '../common/http/caller.js';
import { Handle, Input } from '../common/http/handle.js';
import { AccountService, toAccount } from './account.service.js';
import { InvitationService } from './invitation.service.js';

@Controller()
export class AccountController {
  constructor(
    private readonly accounts: AccountService,
    private readonly invitations: InvitationService,
  ) {}

  @Handle(accountRoutes.me)
  async me(@CurrentCaller() caller: Caller): Promise<Account> {
    return toAccount(await this.accounts.get(caller.accountId));
  }

  @Handle(accountRoutes.updateMe)
  updateMe(
    @Input() input: RouteInput<typeof accountRoutes.updateMe>,
    @CurrentCaller() caller: Caller,
  ): Promise<Account> {
    return this.accounts.setPreferences(caller.accountId, input.preferences);
  }

  @Handle(accountRoutes.users)
  async list(): Promise<{ items: Account[] }> {
    return { items: await this.accounts.list() };
  }

  @Handle(accountRoutes.sharedViewers)
  async sharedViewers(): Promise<{ items: SharedViewer[] }> {
    return { items: await this.accounts.sharedViewers() };
  }

  @Handle(accountRoutes.user)
  async user(@Input() { id }: { id: string }): Promise<Account> {
    return toAccount(await this.accounts.get(id));
  }

  @Handle(accountRoutes.createUser)
  async create(@Input() input: RouteInput<typeof accountRoutes.createUser>): Promise<Account> {
    return toAccount(await this.accounts.create(input));
  }

  @Handle(accountRoutes.updateUser)
  update(@Input() { id, ...change }: RouteInput<typeof accountRoutes.updateUser>): Promise<Account> {
    return this.accounts.update(id, change);
  }

  @Handle(accountRoutes.deleteUser)
  remove(@Input() { id }: { id: string }): Promise<void> {
    return this.accounts.remove(id);
  }

  @Handle(accountRoutes.invitations)
  async listInvitations(): Promise<{ items: Invitation[] }> {
    return { items: await this.invitations.list() };
  }

  @Handle(accountRoutes.invite)
  invite(@Input() input: RouteInput<typeof accountRoutes.invite>): Promise<Invitation> {
    return this.invitations.create(input.role, input.expiresInHours);
  }

  @Handle(accountRoutes.deleteInvitation)
  deleteInvitation(@Input() { id }: { id: string }): Promise<void> {
    return this.invitations.remove(id);
  }
}
