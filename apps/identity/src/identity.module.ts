import { Module } from '@nestjs/common';
import { BootstrapCode } from './bootstrap-code.js';
import { BootstrapHandler } from './commands/bootstrap.js';
import { ChangePasswordHandler } from './commands/change-password.js';
import { CreateAccountHandler } from './commands/create-account.js';
import { CreateClientHandler } from './commands/create-client.js';
import { EndSessionHandler } from './commands/end-session.js';
import { GrantMembershipHandler } from './commands/grant-membership.js';
import { EndClientSecretHandler, IssueClientSecretHandler } from './commands/issue-client-secret.js';
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
import { AcceptInvitationHandler } from './commands/accept-invitation.js';
import { ChangeRolesHandler } from './commands/change-roles.js';
import { ConsentToResetHandler } from './commands/consent-to-reset.js';
import { DeclareAttachmentHandler, EndAttachmentHandler } from './commands/declare-attachment.js';
import { EndOwnSessionsHandler, EndSessionsOfHandler } from './commands/end-sessions.js';
import { InviteHandler } from './commands/invite.js';
import { IssuePasswordResetHandler } from './commands/issue-password-reset.js';
import { LinkIdentityHandler, UnlinkIdentityHandler } from './commands/link-identity.js';
import { RecordSettingHandler } from './commands/record-setting.js';
import { RequestPermissionHandler } from './commands/request-permission.js';
import {
  ConfirmSecondFactorHandler,
  EnrollSecondFactorHandler,
  RemoveSecondFactorHandler,
  ResetSecondFactorHandler,
} from './commands/second-factor.js';
import { SettlePermissionRequestHandler } from './commands/settle-permission-request.js';
import { UnlockAccountHandler } from './commands/unlock-account.js';
import { UsePasswordResetHandler } from './commands/use-password-reset.js';
import { WithdrawInvitationHandler } from './commands/withdraw-invitation.js';
import { AttachmentsController } from './http/attachments.controller.js';
import { InvitationsController } from './http/invitations.controller.js';
import { MySecurityController } from './http/my-security.controller.js';
import { OidcController } from './http/oidc.controller.js';
import { PasswordResetsController } from './http/password-resets.controller.js';
import { PermissionRequestsController } from './http/permission-requests.controller.js';
import { ResetConsentsController } from './http/reset-consents.controller.js';
import { SecurityController } from './http/security.controller.js';
import { SettingsController } from './http/settings.controller.js';
import { Oidc } from './oidc.js';
import { ListAttachmentsHandler } from './queries/list-attachments.js';
import { ListInvitationsHandler } from './queries/list-invitations.js';
import { ListPermissionRequestsHandler } from './queries/list-permission-requests.js';
import { ListResetConsentsHandler } from './queries/list-reset-consents.js';
import { ListMySessionsHandler, ListSignInsHandler } from './queries/list-sessions.js';
import { ListSettingsHandler } from './queries/list-settings.js';
import { ShowAccountHandler } from './queries/show-account.js';
import { ShowHoldersHandler, ShowMyPermissionsHandler } from './queries/show-permissions.js';
import { WhenPersonsChange } from './reactions/when-persons-change.js';
import { SecondFactors } from './second-factors.js';
import { Settings } from './settings.js';
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
    MySecurityController,
    SecurityController,
    InvitationsController,
    PermissionRequestsController,
    PasswordResetsController,
    AttachmentsController,
    SettingsController,
    OidcController,
    ResetConsentsController,
  ],
  providers: [
    BootstrapCode,
    LearnerTries,
    Oidc,
    Passwords,
    SecondFactors,
    Settings,
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
    EndClientSecretHandler,
    WithdrawClientHandler,
    ListAccountsHandler,
    ListClientsHandler,
    ShowMeHandler,
    AcceptInvitationHandler,
    ChangeRolesHandler,
    DeclareAttachmentHandler,
    EndAttachmentHandler,
    EndOwnSessionsHandler,
    EndSessionsOfHandler,
    InviteHandler,
    IssuePasswordResetHandler,
    LinkIdentityHandler,
    UnlinkIdentityHandler,
    RecordSettingHandler,
    RequestPermissionHandler,
    ConfirmSecondFactorHandler,
    EnrollSecondFactorHandler,
    RemoveSecondFactorHandler,
    ResetSecondFactorHandler,
    ConsentToResetHandler,
    ListResetConsentsHandler,
    SettlePermissionRequestHandler,
    UnlockAccountHandler,
    UsePasswordResetHandler,
    WithdrawInvitationHandler,
    ListAttachmentsHandler,
    ListInvitationsHandler,
    ListPermissionRequestsHandler,
    ListMySessionsHandler,
    ListSignInsHandler,
    ListSettingsHandler,
    ShowAccountHandler,
    ShowHoldersHandler,
    ShowMyPermissionsHandler,
    WhenLearnersEnrolled,
    WhenPersonsChange,
  ],
})
export class IdentityModule {}
