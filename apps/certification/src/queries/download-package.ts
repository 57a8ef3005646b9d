import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Audit, Database, Files, Missing, row } from '@shuzheng/platform';
import { departmentOnly } from '../data/batches.js';

/** The file as it was sent, byte for byte. Whoever takes it is recorded: it holds names and document numbers. */
export class DownloadPackage extends Query<{ bytes: Buffer; fileName: string }> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(DownloadPackage)
export class DownloadPackageHandler implements IQueryHandler<DownloadPackage> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly files: Files,
  ) {}

  async execute({ id }: DownloadPackage) {
    departmentOnly();
    const { sha256, name } = await this.db.transaction(async (tx) => {
      const found = await row<{ sha256: string; rows: number; name: string }>(
        tx,
        `select sha256, rows, to_char(serial, 'FM000000') || '-' || nth as name
         from package join batch on batch.id = batch_id where package.id = $1`,
        [id],
      );
      if (!found) throw new Missing();
      await this.audit.note({ subject: `package:${id}`, detail: { opened: found.rows } });
      return found;
    });
    return { bytes: await this.files.read(sha256), fileName: `package-${name}.xlsx` };
  }
}
