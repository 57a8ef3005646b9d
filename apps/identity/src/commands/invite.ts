import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Instant, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, Personal, refuseIf, row, sha256 } from '@shuzheng/platform';
import { Matches } from 'class-validator';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { grantingFacts, nothingHeld } from '../data/granting.js';
import { organisationOf } from '../data/organisations.js';
import { roleChoice } from '../data/role-choice.js';
import { reasonsNotToGrant } from '../domain/granting.js';
import { loginNameOf } from '../domain/passwords.js';
import { mustManage, ownOrganisation } from '../managing.js';
import { Settings } from '../settings.js';
import { Tokens } from '../tokens.js';

/** What is stored with the key; the code itself is worked out again from the id. */
export class InvitationReceipt {
  @Uuid() readonly invitationId!: string;
  @Instant() readonly expiresAt!: string;
}

export class InvitationCode extends InvitationReceipt {
  @Text(29, 29, { description: '只在此处给出，由邀请人当面或另行转交' }) readonly code!: string;
}

export class NewInvitation {
  @Code({ optional: true, description: '建议的登录名，接受时可改；字母、数字和连字符，3 到 40 个字符' })
  @Matches(/^[A-Za-z0-9][A-Za-z0-9-]{2,39}$/)
  readonly loginName?: string;
  @Text(1, 50) readonly displayName!: string;
  @Texts(10, { description: roleChoice }) readonly roles!: string[];
  @Uuid({ optional: true, description: '缺省为本单位' }) readonly organisationId?: string;
}

/** Invite a colleague, who chooses their own password. */
export class Invite extends Command<InvitationReceipt> {
  constructor(readonly invitation: NewInvitation) {
    super();
  }
}

@CommandHandler(Invite)
export class InviteHandler implements ICommandHandler<Invite> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly settings: Settings,
    private readonly tokens: Tokens,
    private readonly audit: Audit,
  ) {}

  execute({ invitation }: Invite) {
    const organisationId = invitation.organisationId ?? ownOrganisation();
    mustManage(organisationId);
    const roles = [...new Set(invitation.roles)];
    return this.db.transaction(async (tx) => {
      const organisation = await organisationOf(tx, organisationId);
      refuseIf(reasonsNotToGrant(await grantingFacts(tx, this.settings, { held: nothingHeld, organisation, roles })));

      const invitationId = randomUUID();
      const expiresAt = await this.insert(tx, invitationId, { ...invitation, organisationId, roles });
      await this.audit.note({ subject: `invitation:${invitationId}`, detail: { organisationId, roles } });
      return { invitationId, expiresAt };
    });
  }

  private async insert(
    tx: EntityManager,
    id: string,
    { organisationId, roles, loginName, displayName }: NewInvitation & { organisationId: string },
  ) {
    const inserted = await row<{ expiresAt: string }>(
      tx,
      `insert into invitation (id, organisation_id, roles, login_name, display_name_sealed, code_digest, invited_by, expires_at)
       values ($1, $2, $3, $4, $5, $6, $7, clock_timestamp() + make_interval(days => $8))
       returning expires_at as "expiresAt"`,
      [
        id,
        organisationId,
        roles,
        loginName === undefined ? null : loginNameOf(loginName),
        this.personal.seal('invitation', 'display_name_sealed', id, displayName),
        sha256(this.tokens.code('invitation', id)),
        actor().accountId ?? null,
        await this.settings.value(tx, 'invitation-days'),
      ],
    );
    return inserted?.expiresAt ?? '';
  }
}
