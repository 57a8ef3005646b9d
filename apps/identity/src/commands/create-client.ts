import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { rolesOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Database, refuseIf, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import { permissionsOf } from '../data/memberships.js';
import { organisationOf } from '../data/organisations.js';
import { reasonsNotToAdmit } from '../domain/granting.js';

export class ClientReceipt {
  @Uuid() readonly clientId!: string;
}

/** Admit a program that calls the interface for an organisation. */
export class CreateClient extends Command<ClientReceipt> {
  @Text(2, 100) readonly name!: string;
  @Uuid() readonly organisationId!: string;
  @Texts(60) readonly permissions!: string[];
}

@CommandHandler(CreateClient)
export class CreateClientHandler implements ICommandHandler<CreateClient> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ name, organisationId, permissions: asked }: CreateClient) {
    const permissions = [...new Set(asked)];
    return this.db.transaction(async (tx) => {
      const organisation = await organisationOf(tx, organisationId);
      refuseIf(reasonsNotToAdmit({ permissions, possible: permissionsOf(rolesOf[organisation.role] ?? []) }));

      const clientId = randomUUID();
      await sql(
        tx,
        'insert into client (id, organisation_id, name, permissions, created_by) values ($1, $2, $3, $4, $5)',
        [clientId, organisationId, name, permissions, actor().accountId ?? null],
      );
      await this.audit.note({ subject: `client:${clientId}`, detail: { organisationId, permissions } });
      return { clientId };
    });
  }
}
