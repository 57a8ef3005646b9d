import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, type Page, page, PageOf, rows, SortedBy } from '@shuzheng/platform';
import { clockKinds } from '../data/clock-view.js';
import { type Moment, moments, momentWords } from '../domain/digests.js';
import { type TaskKind, taskKinds } from '../domain/turns.js';

export class DigestItem {
  @Uuid() readonly clockId!: string;
  @OneOf(clockKinds) readonly kind!: string;
  @Text(1, 60) readonly title!: string;
  @Uuid() readonly organisationId!: string;
  @Uuid() readonly subjectId!: string;
  @Int(1, 1000, { nullable: true }) readonly part!: number | null;
  @Day() readonly dueOn!: string;
  @Int(-100_000, 3, { description: '提醒当天剩余的天数' }) readonly daysLeft!: number;
  @OneOf(moments) readonly moment!: string;
  @Text(1, 20) readonly words!: string;
}

/** One day's message. */
export class DigestView {
  @Uuid() readonly id!: string;
  @Day() readonly day!: string;
  @Instant() readonly madeAt!: string;
  @List(() => DigestItem, 0, 100_000) readonly items!: readonly DigestItem[];
}

export const DigestPage = PageOf(DigestView);

export class DigestFilter extends SortedBy('-day') {}

export class ListOwnDigests extends Query<Page<DigestView>> {
  constructor(readonly filter: DigestFilter) {
    super();
  }
}

type Message = Omit<DigestView, 'items'>;
type Item = Omit<DigestItem, 'title' | 'words'> & { readonly digestId: string };

@QueryHandler(ListOwnDigests)
export class ListOwnDigestsHandler implements IQueryHandler<ListOwnDigests> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListOwnDigests) {
    return this.db.transaction(async (tx) => {
      const columns = { id: 'digest.id', day: 'digest.day', madeAt: 'digest.made_at' };
      const where: [string, unknown][] = [['digest.account_id = ?', actor().accountId ?? null]];
      const listing = { columns, from: 'digest', where };
      const { items: messages, ...rest } = await page<Message & Record<string, unknown>>(this.db, listing, filter);
      const listed = await rows<Item & Record<string, unknown>>(tx, itemsOf, [
        ...[messages.map(({ id }) => id), actor().accountId ?? null],
      ]);
      const items = messages.map((message) => ({
        ...message,
        items: listed.filter(({ digestId }) => digestId === message.id).map(said),
      }));
      return { ...rest, items };
    });
  }
}

const said = ({ digestId: _, ...item }: Item) => ({
  ...item,
  title: taskKinds[item.kind as TaskKind].title,
  words: momentWords[item.moment as Moment],
});

// What an organisation was told is no longer shown to whoever has left it.
const itemsOf = `
  select item.digest_id as "digestId", item.clock_id as "clockId", item.kind, item.organisation_id as "organisationId",
    item.subject_id as "subjectId", item.part, item.due_on as "dueOn", item.days_left as "daysLeft", item.moment
  from digest_item as item
  join recipient on recipient.account_id = item.account_id and recipient.organisation_id = item.organisation_id
  where item.digest_id = any($1::uuid[]) and item.account_id = $2 order by item.due_on, item.clock_id`;
