import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, Json, List } from '@shuzheng/contracts';
import { Database } from '@shuzheng/platform';

export class SigningKeyView {
  @Code() readonly keyId!: string;
  @Json({ description: 'JWK' }) readonly publicKey!: object;
  @Instant() readonly from!: string;
}

export class SigningKeys {
  @List(() => SigningKeyView, 0, 1000) readonly items!: SigningKeyView[];
}

/** The public halves of all keys certificates were ever signed with. */
export class ListKeys extends Query<SigningKeys> {}

@QueryHandler(ListKeys)
export class ListKeysHandler implements IQueryHandler<ListKeys> {
  constructor(private readonly db: Database) {}

  async execute() {
    const items = await this.db.read<SigningKeyView & Record<string, unknown>>(
      'select key_id as "keyId", public_key as "publicKey", valid_from as "from" from signing_key order by valid_from',
    );
    return { items };
  }
}
