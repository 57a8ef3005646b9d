import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Prose, rolesOf, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, Missing, Refused, refuseIf, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { changeRoles } from '../data/changing-roles.js';
import { grantingFacts, heldBy } from '../data/granting.js';
import { permissionsOf } from '../data/memberships.js';
import { type Organisation, organisationOf } from '../data/organisations.js';
import { reasonsNotToGrant } from '../domain/granting.js';
import { mayBecome, requestStates } from '../domain/states.js';
import { mustManage } from '../managing.js';
import { Settings } from '../settings.js';

export class RequestSettled {
  @Uuid() readonly requestId!: string;
  @Code({ nullable: true }) readonly role!: string | null;
}

export class RequestGrant {
  @Code({ optional: true, description: '该权限可由多个角色取得时，授予哪一个' }) readonly role?: string;
}

export class RequestRefusal {
  @Prose(1, 500) readonly reason!: string;
}

/** Give what was asked for, or say why not. */
export class SettlePermissionRequest extends Command<RequestSettled> {
  constructor(
    readonly requestId: string,
    readonly decision:
      { readonly granted: true; readonly role?: string } | { readonly granted: false; readonly reason: string },
  ) {
    super();
  }
}

interface Asked extends Record<string, unknown> {
  readonly accountId: string;
  readonly organisationId: string;
  readonly role: string | null;
  readonly permission: string | null;
  readonly state: string;
}

@CommandHandler(SettlePermissionRequest)
export class SettlePermissionRequestHandler implements ICommandHandler<SettlePermissionRequest> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  execute({ requestId, decision }: SettlePermissionRequest) {
    return this.db.transaction(async (tx) => {
      const asked = await row<Asked>(tx, theRequest, [requestId]);
      if (!asked) throw new Missing();
      mustManage(asked.organisationId);
      if (!mayBecome(requestStates, asked.state, decision.granted ? 'granted' : 'refused'))
        throw new Refused(['request-settled']);

      const role = decision.granted ? await this.grant(tx, asked, decision.role) : null;
      await sql(
        tx,
        `update permission_request set state = $2, role = coalesce($3, role), settled_at = $4, settled_by = $5,
           settlement_reason = $6
         where id = $1`,
        [
          requestId,
          decision.granted ? 'granted' : 'refused',
          role,
          this.clock.instant(),
          actor().accountId ?? null,
          decision.granted ? null : decision.reason,
        ],
      );
      await this.audit.note({ subject: `permission-request:${requestId}`, detail: { granted: decision.granted } });
      return { requestId, role };
    });
  }

  private async grant(tx: EntityManager, asked: Asked, chosen: string | undefined) {
    const { accountId, organisationId } = asked;
    const held = await heldBy(tx, accountId);
    const organisation = await organisationOf(tx, organisationId);
    const role = roleFor(asked, organisation, chosen);
    const before = held.memberships.find((one) => one.organisationId === organisationId)?.roles;
    if (!before) throw new Missing();
    const roles = [...new Set([...before, role])];
    refuseIf(
      reasonsNotToGrant(
        await grantingFacts(tx, this.settings, { held, organisation, roles, accountId, replaces: true }),
      ),
    );
    await changeRoles(tx, accountId, organisation, before, roles);
    return role;
  }
}

const theRequest = `
  select account_id as "accountId", organisation_id as "organisationId", role, permission, state
  from permission_request where id = $1 for update`;

/** The one role that gives what was asked for; where several do, the user manager says which. */
function roleFor(asked: Asked, { role: kind }: Organisation, chosen: string | undefined): string {
  const candidates = (rolesOf[kind] ?? []).filter((one) =>
    asked.role ? one === asked.role : permissionsOf([one]).some((given) => given === asked.permission),
  );
  const role = chosen ?? (candidates.length === 1 ? candidates[0] : undefined);
  if (role === undefined) throw new Refused(['request-role-missing']);
  if (!candidates.some((one) => one === role)) throw new Refused(['role-not-of-organisation']);
  return role;
}
