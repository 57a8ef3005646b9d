import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { AttachmentDeclared, Day, Int, Uuid } from '@shuzheng/contracts';
import {
  actor,
  announce,
  Audit,
  Clock,
  Database,
  Missing,
  NotPermitted,
  refuseIf,
  row,
  rows,
  sql,
} from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { organisationOf } from '../data/organisations.js';
import { reasonsNotToAttach, reasonsNotToEnd, type Span } from '../domain/attaching.js';
import { ownOrganisation } from '../managing.js';

export class AttachmentReceipt {
  @Uuid() readonly attachmentId!: string;
}

/** Declare that somebody of the department works for an institution for a time. */
export class DeclareAttachment extends Command<AttachmentReceipt> {
  @Uuid({ optional: true, description: '缺省为本人' }) readonly accountId?: string;
  @Uuid({ description: '派驻、挂职或兼职的机构' }) readonly organisationId!: string;
  @Day() readonly from!: string;
  @Day({ optional: true }) readonly to?: string;
}

@CommandHandler(DeclareAttachment)
export class DeclareAttachmentHandler implements ICommandHandler<DeclareAttachment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ organisationId, from, ...asked }: DeclareAttachment) {
    const accountId = asked.accountId ?? actor().accountId ?? '';
    mayDeclareFor(accountId);
    const [to, homeId] = [asked.to ?? null, ownOrganisation()];
    return this.db.transaction(async (tx) => {
      await mustBeMember(tx, accountId, homeId);
      const [home, host] = [await organisationOf(tx, homeId), await organisationOf(tx, organisationId)];
      const declared = await rows<Span & Record<string, unknown>>(
        tx,
        'select from_day as "from", to_day as "to" from attachment where account_id = $1 and organisation_id = $2',
        [accountId, organisationId],
      );
      refuseIf(reasonsNotToAttach({ from, to, homeRole: home.role, hostRole: host.role, declared }));

      const attachmentId = randomUUID();
      await sql(
        tx,
        `insert into attachment (id, account_id, home_id, organisation_id, from_day, to_day, declared_at, declared_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [attachmentId, accountId, homeId, organisationId, from, to, this.clock.instant(), actor().accountId ?? null],
      );
      announce(tx, AttachmentDeclared, { attachmentId, accountId, organisationId, from, to });
      await this.audit.note({ subject: `account:${accountId}`, detail: { attachmentId, organisationId } });
      return { attachmentId };
    });
  }
}

/** One declares for oneself; a user manager, for the members. */
function mayDeclareFor(accountId: string) {
  const { accountId: me, permissions } = actor();
  if (accountId !== me && !permissions.includes('members:manage')) throw new NotPermitted('members:manage');
}

async function mustBeMember(tx: EntityManager, accountId: string, organisationId: string) {
  const locked = await row(tx, 'select 1 as one from account where id = $1 and withdrawn_at is null for update', [
    accountId,
  ]);
  const member = await row(
    tx,
    'select 1 as one from membership where account_id = $1 and organisation_id = $2 and withdrawn_at is null',
    [accountId, organisationId],
  );
  if (!locked || !member) throw new Missing();
}

export class AttachmentEnd {
  @Day({ description: '最后一天' }) readonly to!: string;
}

export class AttachmentEnded extends AttachmentReceipt {
  @Int(1, 1_000_000) readonly version!: number;
}

/** Say on which day an attachment ends. */
export class EndAttachment extends Command<AttachmentEnded> {
  constructor(
    readonly attachmentId: string,
    readonly to: string,
  ) {
    super();
  }
}

interface Attached extends Span, Record<string, unknown> {
  readonly accountId: string;
  readonly organisationId: string;
}

@CommandHandler(EndAttachment)
export class EndAttachmentHandler implements ICommandHandler<EndAttachment> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  execute({ attachmentId, to }: EndAttachment) {
    return this.db.transaction(async (tx) => {
      const attached = await row<Attached>(
        tx,
        `select account_id as "accountId", organisation_id as "organisationId", from_day as "from", to_day as "to"
         from attachment where id = $1 for update`,
        [attachmentId],
      );
      if (!attached) throw new Missing();
      const { accountId, organisationId, from } = attached;
      mayDeclareFor(accountId);
      refuseIf(reasonsNotToEnd({ from, to, ended: attached.to !== null }));

      const ended = await row<{ version: number }>(
        tx,
        'update attachment set to_day = $2, version = version + 1 where id = $1 returning version',
        [attachmentId, to],
      );
      announce(tx, AttachmentDeclared, { attachmentId, accountId, organisationId, from, to });
      await this.audit.note({ subject: `account:${accountId}`, detail: { attachmentId } });
      return { attachmentId, version: ended?.version ?? 0 };
    });
  }
}
