import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, OneOf, organisationRoles, OrganisationRegistered, Text, Uuid } from '@shuzheng/contracts';
import { announce, Audit, Clock, Database, refuseIf, row, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { reasonsNotToRegister } from '../domain/registering.js';

export class OrganisationReceipt {
  @Uuid() readonly organisationId!: string;
}

/** Make an organisation known to the registry. */
export class RegisterOrganisation extends Command<OrganisationReceipt> {
  @Text(2, 200) readonly name!: string;
  @Code({ nullable: true }) readonly creditCode!: string | null;
  @Code({ description: '六位行政区划代码' }) readonly cityCode!: string;
  @OneOf(organisationRoles) readonly role!: string;
}

@CommandHandler(RegisterOrganisation)
export class RegisterOrganisationHandler implements ICommandHandler<RegisterOrganisation> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ name, creditCode, cityCode, role }: RegisterOrganisation) {
    return this.db.transaction(async (tx) => {
      const taken = await row(tx, 'select 1 from organisation where credit_code = $1', [creditCode]);
      refuseIf(
        reasonsNotToRegister({ creditCode, cityCode, creditCodeTaken: taken !== undefined, today: this.clock.today() }),
      );

      const organisationId = randomUUID();
      await sql(
        tx,
        `insert into organisation (id, name, credit_code, city_code, role, registered_at) values ($1, $2, $3, $4, $5, $6)`,
        [organisationId, name, creditCode, cityCode, role, this.clock.now()],
      );
      announce(tx, OrganisationRegistered, { organisationId, name, creditCode, cityCode, role });
      await this.audit.note({ subject: `organisation:${organisationId}` });
      return { organisationId };
    });
  }
}
