import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, Prose, rolesOf, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { permissionsOf } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { reasonsNotToAdmit } from '../domain/granting.js';

export class ClientReceipt {
  @Uuid() readonly clientId!: string;
}

/** Admit a program that calls the interface for an organisation. */
export class CreateClient extends Command<ClientReceipt> {
  @Prose(2, 100) readonly name!: string;
  @Uuid() readonly organisationId!: string;
  @Texts(60) readonly permissions!: string[];
  @Day({ optional: true, description: '到期日（含）；缺省为长期' }) readonly expiresOn?: string;
}

@CommandHandler(CreateClient)
export class CreateClientHandler implements ICommandHandler<CreateClient> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ name, organisationId, permissions: asked, expiresOn }: CreateClient) {
    const permissions = [...new Set(asked)];
    return this.db.transaction(async (tx) => {
      const organisation = await organisationOf(tx, organisationId);
      const possible = permissionsOf(rolesOf[organisation.role] ?? []);
      refuseIf(reasonsNotToAdmit({ permissions, possible, expiresOn, today: this.clock.today() }));

      const clientId = randomUUID();
      await sql(
        tx,
        `insert into client (id, organisation_id, name, permissions, created_by, expires_on)
         values ($1, $2, $3, $4, $5, $6)`,
        [clientId, organisationId, name, permissions, actor().accountId ?? null, expiresOn ?? null],
      );
      await this.audit.note({ subject: `client:${clientId}`, detail: { organisationId, permissions } });
      return { clientId };
    });
  }
}
