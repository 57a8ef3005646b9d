import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, Int, List, Prose, Text, Uuid } from '@shuzheng/contracts';
import { Audit, Clock, Database, Personal, refuseIf, rows, sql } from '@shuzheng/platform';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { accountId } from '../data/batches.js';
import { realDay } from '../data/real-day.js';
import { refuseRows } from '../data/refusing.js';
import type { CertificateState } from '../domain/certificate-states.js';
import { openPrintStates, reasonsNotToPrint } from '../domain/printing.js';
import { adviceOf } from '../domain/reasons.js';

export class PrintItem {
  @Uuid() readonly certificateId!: string;
  @Text(1, 100, { optional: true, description: '您自己的编号，原样返回' }) readonly reference?: string;
  @Int(1, 20, { optional: true, description: '份数，默认 1' }) readonly copies?: number;
  @Prose(2, 300, { optional: true, description: '已有未完成的印制时仍要印制的理由' })
  readonly overrideReason?: string;
}

export class PrintOrders {
  @Prose(1, 100, { description: '印制单位' }) readonly printer!: string;
  @Day({ description: '应完成日期' }) readonly dueOn!: string;
  @List(() => PrintItem, 1, 500) readonly items!: PrintItem[];
}

export class OrderedPrint {
  @Text(1, 100) readonly reference!: string;
  @Uuid() readonly orderId!: string;
}

export class RefusedPrint {
  @Text(1, 100) readonly reference!: string;
  @Code() readonly rule!: string;
  @Text(1, 300) readonly advice!: string;
}

export class PrintsOrdered {
  @List(() => OrderedPrint, 0, 500) readonly ordered!: OrderedPrint[];
  @List(() => RefusedPrint, 0, 5000) readonly refused!: RefusedPrint[];
}

/** Certificates go to a printer, each as an order of its own. What cannot be printed does not hold up the others. */
export class OrderPrints extends Command<PrintsOrdered> {
  constructor(readonly order: PrintOrders) {
    super();
  }
}

interface Known {
  readonly id: string;
  readonly state: CertificateState;
  readonly version: number;
  readonly organisationId: string;
  readonly open: boolean;
}

interface Accepted extends PrintItem {
  readonly orderId: string;
  readonly certificate: Known;
}

@CommandHandler(OrderPrints)
export class OrderPrintsHandler implements ICommandHandler<OrderPrints> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ order: { printer, dueOn, items } }: OrderPrints) {
    return this.db.transaction(async (tx) => {
      refuseIf(realDay('dueOn', dueOn) < this.clock.today() ? ['print-due-in-past'] : []);
      const known = await lockCertificates(tx, items);
      const { accepted, refused } = sortOut(items, known);
      if (accepted.length === 0) refuseRows(refused);

      await this.store(tx, { printer, dueOn }, accepted);
      const detail = { ordered: accepted.length, refused: refused.length };
      await this.audit.note({ subject: 'print-orders', detail });
      return {
        ordered: accepted.map((item) => ({ reference: referenceOf(item), orderId: item.orderId })),
        refused: refused.map((fault) => ({ ...fault, advice: adviceOf(fault.rule) })),
      };
    });
  }

  private async store(tx: EntityManager, about: { printer: string; dueOn: string }, accepted: readonly Accepted[]) {
    const sealed = ({ orderId, overrideReason }: Accepted) =>
      overrideReason === undefined
        ? null
        : this.personal.seal('print_order', 'override_sealed', orderId, overrideReason);
    await sql(tx, insert, [
      ...[about.printer, about.dueOn, accountId(), this.clock.now()],
      accepted.map(({ orderId }) => orderId),
      accepted.map(({ certificateId }) => certificateId),
      accepted.map(({ certificate }) => certificate.organisationId),
      accepted.map(({ certificate }) => certificate.version),
      accepted.map(({ copies = 1 }) => copies),
      accepted.map(sealed),
    ]);
  }
}

const referenceOf = ({ reference, certificateId }: PrintItem) => reference ?? certificateId;

function sortOut(items: readonly PrintItem[], known: ReadonlyMap<string, Known>) {
  const seen = new Set<string>();
  const accepted: Accepted[] = [];
  const refused: { reference: string; rule: string }[] = [];
  for (const item of items) {
    const { certificateId, overrideReason } = item;
    const certificate = known.get(certificateId);
    const facts = { certificate: certificate?.state, open: certificate?.open ?? false, overrideReason };
    const faults = reasonsNotToPrint({ ...facts, repeated: seen.has(certificateId) });
    seen.add(certificateId);
    if (certificate && faults.length === 0) accepted.push({ ...item, orderId: randomUUID(), certificate });
    refused.push(...faults.map((rule) => ({ reference: referenceOf(item), rule })));
  }
  return { accepted, refused };
}

/** Locked in order, so that two orders for the same certificates come one after the other. */
async function lockCertificates(tx: EntityManager, items: readonly PrintItem[]) {
  const ids = items.map(({ certificateId }) => certificateId);
  await sql(tx, 'select 1 from certificate where id = any($1::uuid[]) order by id for no key update', [ids]);
  const found = await rows<Known>(
    tx,
    `select id, state, version, organisation_id as "organisationId",
       exists (select from print_order as other where other.certificate_id = certificate.id and other.state = any($2::text[])) as open
     from certificate where id = any($1::uuid[])`,
    [ids, openPrintStates],
  );
  return new Map(found.map((one) => [one.id, one]));
}

const insert = `
  with given as (
    select * from unnest($5::uuid[], $6::uuid[], $7::uuid[], $8::int[], $9::int[], $10::text[])
      as given (id, certificate_id, organisation_id, of_version, copies, override)
  ), ordered as (
    insert into print_order (id, certificate_id, organisation_id, of_version, copies, printer, due_on, override_sealed, ordered_by,
      ordered_at)
    select id, certificate_id, organisation_id, of_version, copies, $1, $2, override, $3, $4 from given
    returning id, organisation_id
  )
  insert into print_step (order_id, nth, organisation_id, state, by_account, at)
  select id, 1, organisation_id, 'asked', $3, $4 from ordered`;
