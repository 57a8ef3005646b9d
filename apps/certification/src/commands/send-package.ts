import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, levelNames, PackageSent, Sha256, Uuid } from '@shuzheng/contracts';
import {
  announce,
  Audit,
  Clock,
  Database,
  Files,
  notYetKnown,
  Personal,
  refuseIf,
  rows,
  RuleRecords,
  sql,
  XLSX,
} from '@shuzheng/platform';
import { documentKinds } from '@shuzheng/regulation';
import { packageTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { accountId, type Batch, departmentOnly, lockBatch, moveRows, serialText } from '../data/batches.js';
import { rowActs } from '../domain/row-states.js';

export class PackageReceipt {
  @Uuid() readonly packageId!: string;
  @Int(1, 5000) readonly rows!: number;
  @Sha256({ description: '上报文件的 SHA-256' }) readonly sha256!: string;
}

/** 上报: every confirmed row that was not sent yet goes into one file for the national office. */
export class SendPackage extends Command<PackageReceipt> {
  constructor(readonly batchId: string) {
    super();
  }
}

interface Row {
  readonly id: string;
  readonly registryRow: string;
  readonly resultId: string;
  readonly name: string;
  readonly documentKind: string;
  readonly documentNumber: string;
  readonly theory: number;
  readonly ability: number;
}

/** What one reply file can answer. */
const MOST = 5000;

@CommandHandler(SendPackage)
export class SendPackageHandler implements ICommandHandler<SendPackage> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly files: Files,
    private readonly personal: Personal,
    private readonly rules: RuleRecords,
  ) {}

  execute({ batchId }: SendPackage) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      const batch = await lockBatch(tx, batchId);
      const confirmed = await rows<Row>(tx, lockConfirmed, [batchId, MOST]);
      refuseIf(confirmed.length === 0 ? ['nothing-confirmed'] : []);
      const occupation = await this.rules.occupation(tx, batch.occupationCode);
      if (!occupation) throw notYetKnown();

      const bytes = await this.written(batch, occupation.name, confirmed);
      const { sha256 } = await this.files.keep(tx, bytes, { mediaType: XLSX, purpose: 'national-package' });
      const packageId = randomUUID();
      await this.store(tx, { packageId, batch, sha256, confirmed });
      await moveRows(tx, idsOf(confirmed), rowActs.send.from, rowActs.send.to);

      const receipt = { packageId, rows: confirmed.length, sha256 };
      const { organisationId } = batch;
      announce(tx, PackageSent, { ...receipt, batchId, organisationId, sentOn: this.clock.today() });
      // The file holds names and numbers in plain: making it is opening them.
      await this.audit.note({ subject: `batch:${batchId}`, detail: { ...receipt, opened: confirmed.length } });
      return receipt;
    });
  }

  private written(batch: Batch, occupationName: string, confirmed: readonly Row[]) {
    const { serial, occupationCode, direction, level, organisationName, examOn } = batch;
    const common = { batch: serialText(serial), occupationName, occupationCode, direction, level: levelNames[level] };
    return writeWorkbook(
      packageTemplate,
      confirmed.map(({ id, registryRow, theory, ability, ...row }, i) => ({
        ...{ ...common, assessor: organisationName, examDate: examOn, sequence: i + 1, registryRow, theory, ability },
        name: this.personal.open('batch_row', 'name_sealed', id, row.name),
        documentKind: documentKinds.find(({ code }) => code === row.documentKind)?.name ?? row.documentKind,
        documentNumber: this.personal.open('batch_row', 'document_number_sealed', id, row.documentNumber),
      })),
    );
  }

  private async store(
    tx: EntityManager,
    { packageId, batch, sha256, confirmed }: { packageId: string; batch: Batch; sha256: string; confirmed: Row[] },
  ) {
    const { id: batchId, organisationId } = batch;
    const [sentOn, sentAt] = [this.clock.today(), this.clock.now()];
    const manifest = {
      schema: 'national-package.v1',
      ...{ packageId, batchId, batch: serialText(batch.serial), sentOn, sha256 },
      rows: confirmed.map(({ id, registryRow, resultId }) => ({ registryRow, rowId: id, resultId })),
    };
    await sql(tx, storePackage, [
      ...[packageId, batchId, organisationId, confirmed.length, sha256, JSON.stringify(manifest)],
      ...[sentOn, sentAt, accountId()],
    ]);
    await sql(tx, 'insert into package_row (row_id, package_id, organisation_id) select unnest($1::uuid[]), $2, $3', [
      idsOf(confirmed),
      packageId,
      organisationId,
    ]);
  }
}

const idsOf = (all: readonly Row[]) => all.map(({ id }) => id);

const lockConfirmed = `
  select * from (
    select id, number, registry_row as "registryRow", result_id as "resultId", name_sealed as name,
      document_kind as "documentKind", document_number_sealed as "documentNumber", theory, ability
    from batch_row where batch_id = $1 and state = 'confirmed' order by id for update
  ) as locked order by number limit $2`;

const storePackage = `
  insert into package (id, batch_id, organisation_id, nth, rows, sha256, manifest, sent_on, sent_at, sent_by)
  values ($1, $2, $3, (select count(*) + 1 from package where batch_id = $2), $4, $5, $6, $7, $8, $9)`;
