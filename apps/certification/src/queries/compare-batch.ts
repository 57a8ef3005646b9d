import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Instant, Int, Nested, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, row, SortedBy } from '@shuzheng/platform';
import { Transform } from 'class-transformer';
import { departmentOnly } from '../data/batches.js';
import { rowStates } from '../domain/row-states.js';

export class ComparedTraining {
  @Uuid() readonly classId!: string;
  @Uuid({ description: '培训机构' }) readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Day() readonly startsOn!: string;
  @Day() readonly endsOn!: string;
  @Day({ nullable: true }) readonly completedOn!: string | null;
  @Decimal(0, 10000, { nullable: true, description: '登记的学时' }) readonly hours!: number | null;
  @Flag({ nullable: true, description: '结业考核是否合格' }) readonly passed!: boolean | null;
}

export class ComparedApplication {
  @Uuid() readonly applicationId!: string;
  @Int(1, 20, { description: '申报条件的序号' }) readonly condition!: number;
  @Flag({ description: '资格确认的名单中有此申报；告知承诺随申报签署' }) readonly qualified!: boolean;
}

export class ComparedResult {
  @Uuid() readonly resultId!: string;
  @Decimal(0, 100) readonly theory!: number;
  @Decimal(0, 100) readonly ability!: number;
  @Instant({ nullable: true, description: '成绩登记时间' }) readonly recordedAt!: string | null;
  @Flag({ description: '有未决的异议' }) readonly held!: boolean;
}

export class ProposedCertificate {
  @Text(1, 60) readonly maskedName!: string;
  @Code() readonly occupationCode!: string;
  @Text(1, 60) readonly edition!: string;
  @Text(1, 20) readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Text(1, 60, { nullable: true, description: '报送的证书编号' }) readonly certificateNumber!: string | null;
  @Code({ description: '颁发日期规则：由评价机构填写，不早于国家审核通过之日' }) readonly awardDayRule!: string;
}

export class ComparedRow {
  @Uuid() readonly id!: string;
  @Int(1, 9999) readonly number!: number;
  @OneOf(rowStates) readonly state!: string;
  @Nested(() => ComparedTraining, { nullable: true, description: '本服务尚未收到该班信息时为 null' })
  readonly training!: ComparedTraining | null;
  @Nested(() => ComparedApplication) readonly application!: ComparedApplication;
  @Nested(() => ComparedResult) readonly result!: ComparedResult;
  @Nested(() => ProposedCertificate) readonly certificate!: ProposedCertificate;
  @Texts(20, { description: '名册、申报、成绩之间不一致之处的代码' }) readonly differences!: string[];
  @Texts(30, { description: '未处理疑点的代码' }) readonly signals!: string[];
  @OneOf(['drawn', 'flagged'], { nullable: true, description: '是否列入抽查' }) readonly sampled!: string | null;
}
export const ComparedPage = PageOf(ComparedRow);

export class CompareFilter extends SortedBy('number', 'state') {
  @OneOf(rowStates, { optional: true }) readonly state?: string;
  @Flag({ optional: true, description: 'true：只看有疑点或不一致的行；false：只看没有的行' })
  @Transform(({ value }) => value === 'true' || value === true)
  readonly doubtful?: boolean;
}

/** Roster, application, result and the certificate that would follow, side by side, with what differs marked. */
export class CompareBatch extends Query<Page<ComparedRow>> {
  constructor(
    readonly batchId: string,
    readonly filter: CompareFilter,
  ) {
    super();
  }
}

@QueryHandler(CompareBatch)
export class CompareBatchHandler implements IQueryHandler<CompareBatch> {
  constructor(private readonly db: Database) {}

  execute({ batchId, filter }: CompareBatch) {
    departmentOnly();
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from batch where id = $1', [batchId]))) throw new Missing();
      const where = [
        ['row.batch_id = ?', batchId],
        ['row.state = ?', filter.state],
        [`(cardinality(${differences}) + cardinality(${signals}) > 0) = ?`, filter.doubtful],
      ] as const;
      return page<ComparedRow & Record<string, unknown>>(this.db, { columns, from, where }, filter);
    });
  }
}

const signals = `array(select code from signal where signal.row_id = row.id and signal.state = 'open' order by code)`;

const differences = `array_remove(array[
  case when class.class_id is null then 'class-unknown' end,
  case when class.class_id is not null and class.completed_on is null then 'class-not-completed' end,
  case when class.completed_on is not null and studied.person_id is null then 'not-on-roster' end,
  case when studied.passed = false then 'completion-exam-failed' end,
  case when session.session_id is not null and candidate.application_id is null then 'not-qualified' end,
  case when candidate.person_id is not null and canonical_person(candidate.person_id) <> canonical_person(row.person_id)
    then 'person-differs' end,
  case when session.session_id is not null and session.ability_on <> batch.exam_on and session.theory_on <> batch.exam_on
    then 'exam-day-differs' end
], null)`;

const columns = {
  id: 'row.id',
  number: 'row.number',
  state: 'row.state',
  training: `case when class.class_id is not null then json_build_object('classId', class.class_id,
    'organisationId', class.organisation_id, 'cityCode', class.city_code, 'startsOn', class.starts_on, 'endsOn', class.ends_on,
    'completedOn', class.completed_on, 'hours', studied.hours, 'passed', studied.passed) end`,
  application: `json_build_object('applicationId', row.application_id, 'condition', row.condition,
    'qualified', candidate.application_id is not null)`,
  result: `json_build_object('resultId', row.result_id, 'theory', row.theory, 'ability', row.ability,
    'recordedAt', to_char(recording.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.MS"+08:00"'),
    'held', coalesce(hold.held, false))`,
  certificate: `json_build_object('maskedName', row.masked_name, 'occupationCode', batch.occupation_code,
    'edition', batch.edition, 'level', batch.level, 'direction', batch.direction,
    'certificateNumber', row.certificate_number, 'awardDayRule', 'on-or-after-approval')`,
  differences,
  signals,
  sampled: 'sampled.why',
};

const from = `batch_row as row join batch on batch.id = row.batch_id
  left join known_class as class on class.class_id = row.class_id
  left join lateral (select * from known_hours as hours where hours.class_id = row.class_id
    and hours.person_id in (select same_persons(row.person_id)) limit 1) as studied on true
  left join known_session as session on session.session_id = batch.session_id
  left join known_candidate as candidate on candidate.application_id = row.application_id
  left join known_recording as recording on recording.result_id = row.result_id
  left join result_hold as hold on hold.result_id = row.result_id
  left join sample_row as sampled on sampled.row_id = row.id`;
