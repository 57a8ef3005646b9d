import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Decimal, Int, Json, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, row, SortedBy } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import { partsOfHours } from '../data/hours.js';
import { OfficeSettings } from '../data/office-settings.js';
import { shortOf, shortages, totalOf } from '../domain/hours.js';

const MOST = 100_000;

export class LearnerHours {
  @Uuid() readonly id!: string;
  @Uuid() readonly personId!: string;
  @Int(1, 10000) readonly place!: number;
  @Text(1, 60, { nullable: true }) readonly reference!: string | null;
  @Text(1, 10) readonly maskedName!: string;
  @OneOf(['enrolled', 'completed', 'withdrawn']) readonly state!: string;
  @Decimal(0, MOST, { description: '实修学时合计' }) readonly total!: number;
  @Decimal(0, MOST) readonly onlineTheory!: number;
  @Decimal(0, MOST) readonly onlinePractice!: number;
  @Decimal(0, MOST) readonly offlineTheory!: number;
  @Decimal(0, MOST) readonly offlinePractice!: number;
  @Decimal(0, MOST, { description: '转班带入' }) readonly carried!: number;
  @Json({ nullable: true, description: '标准学时；待核实时为 null，不作判断' }) readonly standardHours!: object | null;
  @OneOf(['标准学时已录入', '标准学时未录入']) readonly hoursStatus!: string;
  @Texts(5, { nullable: true, description: `不足之处：${shortages.join('、')}；标准学时未录入时为 null` })
  readonly short!: string[] | null;
}
export const HoursPage = PageOf(LearnerHours);

export class HoursFilter extends SortedBy('place') {
  @OneOf(['enrolled', 'completed', 'withdrawn'], { optional: true }) readonly state?: string;
}

export class ListHours extends Query<Page<LearnerHours>> {
  constructor(
    readonly classId: string,
    readonly filter: HoursFilter,
  ) {
    super();
  }
}

type Sealed = Omit<LearnerHours, 'maskedName' | 'total' | 'standardHours' | 'hoursStatus' | 'short'> & {
  readonly name: string;
};

@QueryHandler(ListHours)
export class ListHoursHandler implements IQueryHandler<ListHours> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
    private readonly settings: OfficeSettings,
  ) {}

  execute({ classId, filter }: ListHours) {
    return this.db.transaction(async (tx) => {
      const taught = await row<{ occupationCode: string; edition: string; level: string }>(
        tx,
        'select occupation_code as "occupationCode", edition, level from training_class where id = $1',
        [classId],
      );
      if (!taught) throw new Missing();
      const standardHours = await this.settings.standardHours(tx, taught);
      const { items, ...rest } = await page<Sealed & Record<string, unknown>>(
        this.db,
        {
          columns,
          from: 'enrolment join person on person.id = enrolment.person_id',
          where: [
            ['enrolment.class_id = ?', classId],
            ['enrolment.state = ?', filter.state],
          ],
        },
        filter,
      );
      return {
        ...rest,
        items: items.map(({ name, ...hours }) => ({
          ...hours,
          maskedName: maskName(this.personal.open('person', 'name', hours.personId, name)),
          total: totalOf(hours),
          standardHours,
          hoursStatus: standardHours ? '标准学时已录入' : '标准学时未录入',
          short: shortOf(standardHours, hours),
        })),
      };
    });
  }
}

const part = (sum: string) => `(select ${sum} from attendance join lesson on lesson.id = lesson_id
  where attendance.enrolment_id = enrolment.id and present and removed_at is null)`;

const columns = {
  id: 'enrolment.id',
  personId: 'enrolment.person_id',
  place: 'enrolment.place',
  reference: 'enrolment.reference',
  name: 'person.name_sealed',
  state: 'enrolment.state',
  onlineTheory: part(partsOfHours.onlineTheory),
  onlinePractice: part(partsOfHours.onlinePractice),
  offlineTheory: part(partsOfHours.offlineTheory),
  offlinePractice: part(partsOfHours.offlinePractice),
  carried: 'enrolment.hours_carried',
};
