import { Module } from '@nestjs/common';
import { BootstrapCode } from './bootstrap-code.js';
import { BootstrapHandler } from './commands/bootstrap.js';
import { ChangePasswordHandler } from './commands/change-password.js';
import { CreateAccountHandler } from './commands/create-account.js';
import { CreateClientHandler } from './commands/create-client.js';
import { EndSessionHandler } from './commands/end-session.js';
import { GrantMembershipHandler } from './commands/grant-membership.js';
import { IssueClientSecretHandler } from './commands/issue-client-secret.js';
import { OpenClientSessionHandler } from './commands/open-client-session.js';
import { OpenSessionHandler } from './commands/open-session.js';
import { RefreshSessionHandler } from './commands/refresh-session.js';
import { RegisterLearnerHandler } from './commands/register-learner.js';
import { WithdrawAccountHandler } from './commands/withdraw-account.js';
import { WithdrawClientHandler } from './commands/withdraw-client.js';
import { WithdrawMembershipHandler } from './commands/withdraw-membership.js';
import { AccountsController } from './http/accounts.controller.js';
import { BootstrapController } from './http/bootstrap.controller.js';
import { ClientsController } from './http/clients.controller.js';
import { LearnersController } from './http/learners.controller.js';
import { MeController } from './http/me.controller.js';
import { SessionsController } from './http/sessions.controller.js';
import { LearnerTries } from './learner-tries.js';
import { Passwords } from './passwords.js';
import { ListAccountsHandler } from './queries/list-accounts.js';
import { ListClientsHandler } from './queries/list-clients.js';
import { ShowMeHandler } from './queries/show-me.js';
import { WhenLearnersEnrolled } from './reactions/when-learners-enrolled.js';
import { SigningIn } from './signing-in.js';
import { Tokens } from './tokens.js';

@Module({
  controllers: [
    BootstrapController,
    SessionsController,
    AccountsController,
    LearnersController,
    ClientsController,
    MeController,
  ],
  providers: [
    BootstrapCode,
    LearnerTries,
    Passwords,
    SigningIn,
    Tokens,
    BootstrapHandler,
    OpenSessionHandler,
    RefreshSessionHandler,
    EndSessionHandler,
    OpenClientSessionHandler,
    CreateAccountHandler,
    GrantMembershipHandler,
    WithdrawMembershipHandler,
    WithdrawAccountHandler,
    ChangePasswordHandler,
    RegisterLearnerHandler,
    CreateClientHandler,
    IssueClientSecretHandler,
    WithdrawClientHandler,
    ListAccountsHandler,
    ListClientsHandler,
    ShowMeHandler,
    WhenLearnersEnrolled,
  ],
})
export class IdentityModule {}
