import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, Prose, rolesOf, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Invalid, refuseIf, row } from '@shuzheng/platform';
import { addDays } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rolesIn } from '../data/charge.js';
import { permissionsOf } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { reasonsNotToRequest } from '../domain/requesting.js';
import { ownOrganisation } from '../managing.js';
import { Settings } from '../settings.js';

export class RequestReceipt {
  @Uuid() readonly requestId!: string;
  @Day() readonly dueOn!: string;
}

/** Ask the user managers of one's organisation for a role, or for whatever role gives a permission. */
export class RequestPermission extends Command<RequestReceipt> {
  @Code({ optional: true, description: '缺少的权限；与 role 二选一' }) readonly permission?: string;
  @Code({ optional: true, description: '想要的角色' }) readonly role?: string;
  @Prose(1, 500) readonly reason!: string;
}

@CommandHandler(RequestPermission)
export class RequestPermissionHandler implements ICommandHandler<RequestPermission> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ permission, role, reason }: RequestPermission) {
    if ((permission === undefined) === (role === undefined))
      throw new Invalid([{ field: 'permission', check: 'isDefined' }]);
    const organisationId = ownOrganisation();
    const { accountId = '' } = actor();
    return this.db.transaction(async (tx) => {
      await row(tx, 'select 1 from account where id = $1 for update', [accountId]);
      const { role: kind } = await organisationOf(tx, organisationId);
      const candidates = (rolesOf[kind] ?? []).filter((one) =>
        permission ? permissionsOf([one]).some((given) => given === permission) : one === role,
      );
      const held = await rolesIn(tx, accountId, organisationId);
      refuseIf(
        reasonsNotToRequest({
          candidates,
          held: candidates.some((one) => held.includes(one)),
          open: await isOpen(tx, accountId, organisationId, role ?? permission ?? ''),
        }),
      );

      const [requestId, days] = [randomUUID(), await this.settings.value(tx, 'permission-request-days')];
      const dueOn = addDays(this.clock.today(), days);
      await row(
        tx,
        `insert into permission_request (id, account_id, organisation_id, role, permission, reason, requested_at, due_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [requestId, accountId, organisationId, role ?? null, permission ?? null, reason, this.clock.instant(), dueOn],
      );
      await this.audit.note({
        subject: `permission-request:${requestId}`,
        detail: { asked: role ?? permission ?? '' },
      });
      return { requestId, dueOn };
    });
  }
}

const isOpen = async (tx: EntityManager, accountId: string, organisationId: string, asked: string) =>
  (await row(
    tx,
    `select 1 from permission_request
     where account_id = $1 and organisation_id = $2 and coalesce(role, permission) = $3 and state = 'open'`,
    [accountId, organisationId, asked],
  )) !== undefined;
