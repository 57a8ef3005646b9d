import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, OneOf, organisationRoles, OrganisationRegistered, Prose, Text, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { keepContact, keepVersions, queueForOrganisations, whatIsTaken } from '../data/organisations.js';
import { cityCodeOf, plainCreditCode, plainName, reasonsNotToRegister } from '../domain/registering.js';

export class OrganisationReceipt {
  @Uuid() readonly organisationId!: string;
}

/** Make an organisation known to the registry. */
export class RegisterOrganisation extends Command<OrganisationReceipt> {
  @Prose(2, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code({ description: '六位行政区划代码，按设区的市登记；省直单位填 370000' }) readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
  @Text(3, 200, { optional: true, description: '单位办公电话或邮箱，不填个人信息；不对外公开' })
  readonly contact?: string;
}

@CommandHandler(RegisterOrganisation)
export class RegisterOrganisationHandler implements ICommandHandler<RegisterOrganisation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ name: typed, creditCode: code, cityCode: given, role, contact }: RegisterOrganisation) {
    return this.db.transaction(async (tx) => {
      await queueForOrganisations(tx);
      const [name, creditCode] = [plainName(typed), plainCreditCode(code)];
      const cityCode = cityCodeOf(given, this.clock.today());
      const taken = await whatIsTaken(tx, { name, creditCode, cityCode, role });
      refuseIf(reasonsNotToRegister({ creditCode, cityCode, contact, ...taken }));

      const organisation = { organisationId: randomUUID(), name, creditCode, cityCode: cityCode ?? given, role };
      await insert(tx, organisation, contact, this.clock.now());
      announce(tx, OrganisationRegistered, organisation);
      await this.audit.note({ subject: `organisation:${organisation.organisationId}`, detail: { role } });
      return { organisationId: organisation.organisationId };
    });
  }
}

async function insert(tx: EntityManager, one: OrganisationRegistered, contact: string | undefined, at: Date) {
  const { organisationId: id, cityCode } = one;
  await sql(
    tx,
    `insert into organisation (id, name, credit_code, city_code, role, registered_at) values ($1, $2, $3, $4, $5, $6)`,
    [id, one.name, one.creditCode, cityCode, one.role, at],
  );
  await keepVersions(tx, [id], at);
  if (contact !== undefined) await keepContact(tx, { id, version: 1, cityCode, contact });
}
