import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Json, Uuid } from '@shuzheng/contracts';
import { Database, Missing } from '@shuzheng/platform';

export class PackageManifest {
  @Uuid() readonly id!: string;
  @Json({ description: '清单：行号、行数与文件的 SHA-256' }) readonly manifest!: object;
}

export class FindPackage extends Query<PackageManifest> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindPackage)
export class FindPackageHandler implements IQueryHandler<FindPackage> {
  constructor(private readonly db: Database) {}

  async execute({ id }: FindPackage) {
    const [found] = await this.db.read<{ id: string; manifest: object }>(
      'select id, manifest from package where id = $1',
      [id],
    );
    if (!found) throw new Missing();
    return found;
  }
}
