import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, Json } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';

export class SigningKeyView {
  @Code() readonly keyId!: string;
  @Json({ description: 'JWK' }) readonly publicKey!: object;
  @Instant() readonly from!: string;
}

export const SigningKeyPage = PageOf(SigningKeyView);

export class KeyFilter extends SortedBy('from') {}

/** The public halves of all keys certificates were ever signed with. */
export class ListKeys extends Query<Page<SigningKeyView>> {
  constructor(readonly filter: KeyFilter) {
    super();
  }
}

@QueryHandler(ListKeys)
export class ListKeysHandler implements IQueryHandler<ListKeys> {
  constructor(private readonly db: Database) {}

  async execute({ filter }: ListKeys) {
    const columns = { id: 'key_id', publicKey: 'public_key', from: 'valid_from' };
    const found = await page<{ id: string; publicKey: object; from: string }>(
      this.db,
      { columns, from: 'signing_key' },
      filter,
    );
    return { ...found, items: found.items.map(({ id: keyId, ...key }) => ({ keyId, ...key })) };
  }
}
