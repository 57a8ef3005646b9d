import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Text, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Invalid, Personal, Refused, refuseIf, row, sha256 } from '@shuzheng/platform';
import { Matches } from 'class-validator';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { type Held, heldBy, grantingFacts, nothingHeld } from '../data/granting.js';
import { announceMembership } from '../data/memberships.js';
import { type Organisation, organisationOf } from '../data/organisations.js';
import { reasonsNotToGrant, reasonsNotToOpen } from '../domain/granting.js';
import { loginNameOf } from '../domain/passwords.js';
import { Settings } from '../settings.js';
import { codeAsMade } from '../tokens.js';

export class Acceptance {
  @Uuid() readonly accountId!: string;
  @Uuid() readonly organisationId!: string;
}

export class InvitationAccepted {
  @Text(1, 80) readonly code!: string;
  @Code({ optional: true, description: '新账号的登录名：字母、数字和连字符，3 到 40 个字符；已登录时不填' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/)
  readonly loginName?: string;
  @Text(1, 200, { optional: true, description: '新账号的密码；已登录时不填' }) readonly password?: string;
  @Text(1, 50, { optional: true, description: '缺省为邀请人填写的姓名' }) readonly displayName?: string;
}

/** Become a member by a code: with a new account, or with the account that is signed in. */
export class AcceptInvitation extends Command<Acceptance> {
  constructor(
    readonly accepted: InvitationAccepted,
    readonly passwordHash: string | undefined,
  ) {
    super();
  }
}

interface Invited extends Record<string, unknown> {
  readonly id: string;
  readonly organisationId: string;
  readonly roles: string[];
  readonly loginName: string | null;
  readonly sealed: string;
  readonly invitedBy: string | null;
}

@CommandHandler(AcceptInvitation)
export class AcceptInvitationHandler implements ICommandHandler<AcceptInvitation> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ accepted, passwordHash }: AcceptInvitation) {
    const { accountId: known } = actor();
    const digest = sha256(codeAsMade(accepted.code));
    return this.db.transaction(async (tx) => {
      const held = known ? await heldBy(tx, known) : nothingHeld;
      const invited = await row<Invited>(tx, invitationFor, [digest]);
      if (!invited) throw new Refused(['invitation-unknown']);
      const organisation = await organisationOf(tx, invited.organisationId);
      const loginName = loginNameOf(accepted.loginName ?? invited.loginName ?? '');
      refuseIf([
        ...(known ? [] : await reasonsAgainstAccount(tx, loginName, accepted.password)),
        ...(await this.reasonsAgainstRoles(tx, { invited, organisation, held, known })),
      ]);

      const accountId = known ?? randomUUID();
      const name =
        accepted.displayName ?? this.personal.open('invitation', 'display_name_sealed', invited.id, invited.sealed);
      const sealed = this.personal.seal('account', 'display_name_sealed', accountId, name);
      await accept(tx, [digest, accountId, known !== undefined, loginName, passwordHash ?? null, sealed, randomUUID()]);
      announceMembership(tx, accountId, organisation, invited.roles);
      await this.audit.note({ subject: `account:${accountId}`, detail: { invitation: invited.id } });
      return { accountId, organisationId: organisation.id };
    });
  }

  /** Whoever invited was asked about their own rights then; what may be combined is asked again now. */
  private async reasonsAgainstRoles(
    tx: EntityManager,
    {
      invited,
      organisation,
      held,
      known,
    }: { invited: Invited; organisation: Organisation; held: Held; known?: string | undefined },
  ) {
    const facts = await grantingFacts(tx, this.settings, {
      held,
      organisation,
      roles: invited.roles,
      granter: invited.invitedBy,
      ...(known ? { accountId: known } : {}),
    });
    return reasonsNotToGrant({ ...facts, granterRoles: [] });
  }
}

const invitationFor = `
  select id, organisation_id as "organisationId", roles, login_name as "loginName", display_name_sealed as sealed,
    invited_by as "invitedBy"
  from invitation_for($1)`;

async function reasonsAgainstAccount(tx: EntityManager, loginName: string, password: string | undefined) {
  const missing = [...(loginName ? [] : ['loginName']), ...(password ? [] : ['password'])];
  if (missing.length > 0 || !password) throw new Invalid(missing.map((field) => ({ field, check: 'isString' })));
  const taken = await row<{ taken: boolean }>(tx, 'select login_name_taken($1) as taken', [loginName]);
  return reasonsNotToOpen({ loginName, password, loginNameTaken: taken?.taken === true });
}

/** What somebody else did since the facts were read is told as the rule it breaks. */
async function accept(tx: EntityManager, values: readonly unknown[]) {
  const answer = await row<{ refusal: string | null }>(
    tx,
    'select accept_invitation($1, $2, $3, $4, $5, $6, $7) as refusal',
    values,
  );
  if (answer?.refusal) throw new Refused([answer.refusal]);
}
