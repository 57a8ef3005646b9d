import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Int, OrganisationRegistered, Prose, Text, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, requireVersion, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import {
  keepContact,
  keepVersions,
  lockOrganisation,
  queueForOrganisations,
  whatIsTaken,
} from '../data/organisations.js';
import { cityCodeOf, plainCreditCode, plainName, reasonsNotToChange } from '../domain/registering.js';

export class OrganisationVersionReceipt {
  @Uuid() readonly organisationId!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class OrganisationChange {
  @Prose(2, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code({ description: '六位行政区划代码，按设区的市登记；省直单位填 370000' }) readonly cityCode!: string;
  @Text(3, 200, { optional: true, nullable: true, description: '省略则不变，null 表示删去' })
  readonly contact?: string | null;
  @Prose(2, 500, { description: '变更的依据' }) readonly basis!: string;
}

/** Change what is known of an organisation; what was known before stays readable. */
export class ChangeOrganisation extends Command<OrganisationVersionReceipt> {
  constructor(
    readonly organisationId: string,
    readonly change: OrganisationChange,
  ) {
    super();
  }
}

@CommandHandler(ChangeOrganisation)
export class ChangeOrganisationHandler implements ICommandHandler<ChangeOrganisation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ organisationId, change: { cityCode: given, contact, basis, ...change } }: ChangeOrganisation) {
    return this.db.transaction(async (tx) => {
      await queueForOrganisations(tx);
      const before = await lockOrganisation(tx, organisationId);
      requireVersion(before.version);
      const [name, creditCode] = [plainName(change.name), plainCreditCode(change.creditCode)];
      const cityCode = cityCodeOf(given, this.clock.today());
      const taken = await whatIsTaken(tx, { name, creditCode, cityCode, role: before.role }, organisationId);
      const ended = before.endedFrom !== null;
      refuseIf(reasonsNotToChange({ creditCode, cityCode, contact: contact ?? undefined, ended, ...taken }));

      const version = before.version + 1;
      const organisation = { organisationId, name, creditCode, cityCode: cityCode ?? given, role: before.role };
      await write(tx, organisation, version);
      await keepVersions(tx, [organisationId], this.clock.now(), basis);
      await this.keepReach(tx, organisation, version, contact);
      announce(tx, OrganisationRegistered, organisation);
      await this.audit.note({ subject: `organisation:${organisationId}`, detail: { version } });
      return { organisationId, version };
    });
  }

  /** Who may see the contact follows the city, so it moves with the organisation. */
  private async keepReach(
    tx: EntityManager,
    { organisationId: id, cityCode }: OrganisationRegistered,
    version: number,
    contact: string | null | undefined,
  ) {
    if (contact !== undefined) return keepContact(tx, { id, version, cityCode, contact });
    return sql(
      tx,
      `insert into organisation_contact (organisation_id, version, city_code, contact)
       select organisation_id, $2, $3, contact from organisation_contact where organisation_id = $1
       order by version desc limit 1`,
      [id, version, cityCode],
    );
  }
}

async function write(tx: EntityManager, one: OrganisationRegistered, version: number) {
  await sql(tx, 'update organisation set name = $2, credit_code = $3, city_code = $4, version = $5 where id = $1', [
    one.organisationId,
    one.name,
    one.creditCode,
    one.cityCode,
    version,
  ]);
  // Which city sees its people follows the organisation.
  for (const table of ['staff', 'staff_qualification'])
    await sql(tx, `update ${table} set city_code = $2 where organisation_id = $1 and city_code <> $2`, [
      one.organisationId,
      one.cityCode,
    ]);
}
