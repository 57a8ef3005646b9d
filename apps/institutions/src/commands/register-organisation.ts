import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, OneOf, organisationRoles, OrganisationRegistered, Text, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { cityCodeOf, plainCreditCode, reasonsNotToRegister } from '../domain/registering.js';

export class OrganisationReceipt {
  @Uuid() readonly organisationId!: string;
}

/** Make an organisation known to the registry. */
export class RegisterOrganisation extends Command<OrganisationReceipt> {
  @Text(2, 200) readonly name!: string;
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

  execute({ name, creditCode: typed, cityCode: given, role, contact }: RegisterOrganisation) {
    return this.db.transaction(async (tx) => {
      // Organisations are registered one at a time, so that two cannot both find a code free.
      await sql(tx, `select pg_advisory_xact_lock(hashtextextended('register-organisation', 0))`);
      const [creditCode, cityCode] = [plainCreditCode(typed), cityCodeOf(given, this.clock.today())];
      const taken = await whatIsTaken(tx, creditCode, cityCode, role);
      refuseIf(reasonsNotToRegister({ creditCode, cityCode, contact, ...taken }));

      const organisation = { organisationId: randomUUID(), name, creditCode, cityCode: cityCode ?? given, role };
      await insert(tx, organisation, contact, this.clock.now());
      announce(tx, OrganisationRegistered, organisation);
      await this.audit.note({ subject: `organisation:${organisation.organisationId}`, detail: { role } });
      return { organisationId: organisation.organisationId };
    });
  }
}

async function whatIsTaken(tx: EntityManager, creditCode: string | null, cityCode: string | undefined, role: string) {
  const found = await row<{ creditCodeTaken: boolean; officeTaken: boolean }>(
    tx,
    `select exists (select from organisation where credit_code = $1) as "creditCodeTaken",
       exists (select from organisation where city_code = $2 and role in ('department', 'city-bureau'))
         and $3::text in ('department', 'city-bureau') as "officeTaken"`,
    [creditCode, cityCode ?? null, role],
  );
  return { creditCodeTaken: found?.creditCodeTaken === true, officeTaken: found?.officeTaken === true };
}

async function insert(tx: EntityManager, one: OrganisationRegistered, contact: string | undefined, at: Date) {
  await sql(
    tx,
    `insert into organisation (id, name, credit_code, city_code, role, registered_at) values ($1, $2, $3, $4, $5, $6)`,
    [one.organisationId, one.name, one.creditCode, one.cityCode, one.role, at],
  );
  if (contact !== undefined)
    await sql(tx, 'insert into organisation_contact (organisation_id, city_code, contact) values ($1, $2, $3)', [
      one.organisationId,
      one.cityCode,
      contact,
    ]);
}
