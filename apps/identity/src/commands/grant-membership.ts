import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { rolesOf, Texts, Uuid } from '@shuzheng/contracts';
import { Audit, Database, Missing, refuseIf, row, rows } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { grant } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { reasonsNotToGrant } from '../domain/granting.js';
import { mustManage } from '../managing.js';

export class MembershipReceipt {
  @Uuid() readonly accountId!: string;
  @Uuid() readonly organisationId!: string;
}

export class NewMembership {
  @Uuid() readonly organisationId!: string;
  @Texts(10) readonly roles!: string[];
}

/** Let an account act for an organisation. */
export class GrantMembership extends Command<MembershipReceipt> {
  constructor(
    readonly accountId: string,
    readonly membership: NewMembership,
  ) {
    super();
  }
}

@CommandHandler(GrantMembership)
export class GrantMembershipHandler implements ICommandHandler<GrantMembership> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ accountId, membership: { organisationId, roles: asked } }: GrantMembership) {
    mustManage(organisationId);
    const roles = [...new Set(asked)];
    return this.db.transaction(async (tx) => {
      const held = await heldBy(tx, accountId);
      const organisation = await organisationOf(tx, organisationId);
      refuseIf(
        reasonsNotToGrant({
          roles,
          possible: rolesOf[organisation.role] ?? [],
          held: held.filter((one) => one.organisationId !== organisationId).flatMap((one) => one.roles),
          alreadyMember: held.some((one) => one.organisationId === organisationId),
        }),
      );

      await grant(tx, accountId, organisation, roles);
      await this.audit.note({ subject: `account:${accountId}`, detail: { organisationId, roles } });
      return { accountId, organisationId };
    });
  }
}

/** What the account holds already. Its row is locked, so that nobody else grants it anything meanwhile. */
async function heldBy(tx: EntityManager, accountId: string) {
  const account = await row(
    tx,
    `select 1 from account where id = $1 and kind = 'member' and withdrawn_at is null for update`,
    [accountId],
  );
  if (!account) throw new Missing();
  return rows<{ organisationId: string; roles: string[] }>(
    tx,
    `select organisation_id as "organisationId", roles from membership where account_id = $1 and withdrawn_at is null`,
    [accountId],
  );
}
