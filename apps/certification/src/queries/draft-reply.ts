import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Database, Missing } from '@shuzheng/platform';
import { replyTemplate, writeWorkbook } from '@shuzheng/workbooks';
import { departmentOnly } from '../data/batches.js';

/** The reply workbook of a package with its row numbers filled in; the results are left to be written. */
export class DraftReply extends Query<Buffer> {
  constructor(readonly packageId: string) {
    super();
  }
}

@QueryHandler(DraftReply)
export class DraftReplyHandler implements IQueryHandler<DraftReply> {
  constructor(private readonly db: Database) {}

  async execute({ packageId }: DraftReply) {
    departmentOnly();
    const sent = await this.db.read<{ registryRow: string }>(
      `select registry_row as "registryRow" from package_row join batch_row on id = row_id
       where package_id = $1 order by number`,
      [packageId],
    );
    if (sent.length === 0) throw new Missing();
    return writeWorkbook(replyTemplate, sent);
  }
}
