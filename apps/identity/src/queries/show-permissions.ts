import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Flag, List, permissions, type Permission, rolesOf, roleTitles, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, Personal } from '@shuzheng/platform';
import { permissionsOf } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { rolesIn } from '../data/charge.js';
import { ownOrganisation } from '../managing.js';

export class RoleTitle {
  @Code() readonly role!: string;
  @Text(1, 50) readonly title!: string;
  @Flag({ description: '本人已具有' }) readonly held!: boolean;
}

export class PermissionState {
  @Code() readonly code!: string;
  @Text(1, 50) readonly title!: string;
  @Flag({ description: '本次登录已具有' }) readonly held!: boolean;
  @List(() => RoleTitle, 0, 20, { description: '本单位中可取得该权限的角色；空为本单位没有' })
  readonly roles!: RoleTitle[];
}

export class MyPermissions {
  @List(() => PermissionState, 0, 200) readonly permissions!: PermissionState[];
}

/** Every permission there is: whether the caller holds it, and which role would give it here. */
export class ShowMyPermissions extends Query<MyPermissions> {}

@QueryHandler(ShowMyPermissions)
export class ShowMyPermissionsHandler implements IQueryHandler<ShowMyPermissions> {
  constructor(private readonly db: Database) {}

  execute(): Promise<MyPermissions> {
    const { accountId, organisationId, permissions: held } = actor();
    return this.db.transaction(async (tx) => {
      const possible = organisationId ? (rolesOf[(await organisationOf(tx, organisationId)).role] ?? []) : [];
      const own = organisationId ? await rolesIn(tx, accountId, organisationId) : [];
      const codes = Object.keys(permissions) as Permission[];
      return {
        permissions: codes.map((code) => ({
          code,
          title: permissions[code],
          held: held.includes(code),
          roles: possible
            .filter((role) => permissionsOf([role]).includes(code))
            .map((role) => ({ role, title: roleTitles[role] ?? role, held: own.includes(role) })),
        })),
      };
    });
  }
}

export class Holder {
  @Uuid() readonly accountId!: string;
  @Text(1, 50) readonly displayName!: string;
  @List(() => RoleTitle, 1, 20) readonly roles!: RoleTitle[];
}

export class Holders {
  @Code() readonly code!: string;
  @Text(1, 50) readonly title!: string;
  @List(() => Holder, 0, 1000) readonly holders!: Holder[];
}

/** Who in the caller's organisation may do this: somebody to ask. */
export class ShowHolders extends Query<Holders> {
  constructor(readonly code: string) {
    super();
  }
}

interface Member extends Record<string, unknown> {
  readonly accountId: string;
  readonly sealed: string;
  readonly roles: string[];
}

@QueryHandler(ShowHolders)
export class ShowHoldersHandler implements IQueryHandler<ShowHolders> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ code }: ShowHolders): Promise<Holders> {
    if (!(code in permissions)) throw new Missing();
    const permission = code as Permission;
    const members = await this.db.read<Member>(theMembers, [ownOrganisation()]);
    return {
      code,
      title: permissions[permission],
      holders: members.flatMap(({ accountId, sealed, roles }) => {
        const giving = roles.filter((role) => permissionsOf([role]).includes(permission));
        if (giving.length === 0) return [];
        const displayName = this.personal.open('account', 'display_name_sealed', accountId, sealed);
        return [
          {
            accountId,
            displayName,
            roles: giving.map((role) => ({ role, title: roleTitles[role] ?? role, held: true })),
          },
        ];
      }),
    };
  }
}

const theMembers = `
  select account.id as "accountId", display_name_sealed as sealed, membership.roles
  from membership join account on account.id = membership.account_id
  where membership.organisation_id = $1 and membership.withdrawn_at is null and account.withdrawn_at is null
  order by membership.granted_at, membership.id`;
