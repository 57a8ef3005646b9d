import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Instant, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database } from '@shuzheng/platform';

export class MyResult {
  @Uuid() readonly id!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @Code() readonly occupationCode!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Decimal(0, 100, { nullable: true }) readonly theory!: number | null;
  @Decimal(0, 100, { nullable: true }) readonly ability!: number | null;
  @OneOf(['passed', 'failed', 'absent', 'violation']) readonly outcome!: string;
  @OneOf(['released', 'void']) readonly state!: string;
  @Instant({ nullable: true }) readonly releasedAt!: string | null;
}
export class MyResults {
  @List(() => MyResult, 0, 200) readonly items!: MyResult[];
}

/** One's own released results, every attempt of them. */
export class ListMyResults extends Query<MyResults> {}

@QueryHandler(ListMyResults)
export class ListMyResultsHandler implements IQueryHandler<ListMyResults> {
  constructor(private readonly db: Database) {}

  async execute(): Promise<MyResults> {
    const items = await this.db.read<MyResult>(
      `select r.id, s.id as "sessionId", s.serial, s.occupation_code as "occupationCode", s.level, s.direction,
         s.theory_on as "theoryOn", s.ability_on as "abilityOn", r.theory, r.ability, r.outcome, r.state,
         r.released_at as "releasedAt"
       from result as r join session as s on s.id = r.session_id
       where r.person_id = $1 and r.state <> 'recorded' order by r.released_at desc limit 200`,
      [actor().personId ?? null],
    );
    return { items };
  }
}
