import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, type Page, page, PageOf, Personal, SortedBy } from '@shuzheng/platform';
import { applicationStates } from '../domain/states.js';
import { type DocumentKind, maskName, maskNumber } from '@shuzheng/regulation';

export class ApplicationView {
  @Uuid() readonly id!: string;
  @OneOf(applicationStates) readonly state!: string;
  @Text(1, 40, { nullable: true, description: '准考证号' }) readonly admissionNumber!: string | null;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Text(1, 60) readonly maskedName!: string;
  @Code() readonly documentKind!: string;
  @Text(1, 60) readonly maskedNumber!: string;
  @Int(1, 20, { description: '所承诺的申报条件的序号' }) readonly condition!: number;
  @Code() readonly commitmentVersion!: string;
  @Uuid() readonly classId!: string;
  @Decimal(0, 10000, { nullable: true, description: '培训学时' }) readonly hours!: number | null;
  @Day({ nullable: true, description: '结业日期' }) readonly completedOn!: string | null;
  @Flag({ nullable: true, description: '结业考核是否合格' }) readonly completionPassed!: boolean | null;
  @Flag({ description: '是否持有培训合格证书' }) readonly trainingCertificate!: boolean;
  @Code({ nullable: true, description: '不予确认的理由代码' }) readonly reasonCode!: string | null;
  @Code({ nullable: true, description: '申报因何结束' }) readonly endReason!: string | null;
  @Flag({ description: '学员已退出取得学时的培训班' }) readonly enrolmentWithdrawn!: boolean;
  @OneOf(['已核对', '待核查'], { description: '学时按培训结业数据核对' }) readonly hoursCheck!: string;
  @OneOf(['待核查'], { description: '申报条件依本人承诺，系统无数据可核对' }) readonly conditionCheck!: string;
  @Instant() readonly appliedAt!: string;
}
export const ApplicationPage = PageOf(ApplicationView);

export class ApplicationFilter extends SortedBy('appliedAt') {
  @OneOf(applicationStates, { optional: true }) readonly state?: string;
}

export class ListApplications extends Query<Page<ApplicationView>> {
  constructor(
    readonly sessionId: string,
    readonly filter: ApplicationFilter,
  ) {
    super();
  }
}

interface Sealed extends Omit<ApplicationView, 'maskedName' | 'maskedNumber'> {
  readonly name: string;
  readonly number: string;
}

@QueryHandler(ListApplications)
export class ListApplicationsHandler implements IQueryHandler<ListApplications> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ sessionId, filter }: ListApplications): Promise<Page<ApplicationView>> {
    const [session] = await this.db.read('select 1 from session where id = $1', [sessionId]);
    if (!session) throw new Missing();
    const where = [
      ['a.session_id = ?', sessionId],
      ['a.state = ?', filter.state],
    ] as const;
    const found = await page<Sealed>(this.db, { ...listing, where }, filter);
    return { ...found, items: found.items.map((application) => this.masked(application)) };
  }

  private masked({ name, number, ...rest }: Sealed): ApplicationView {
    const kind = rest.documentKind as DocumentKind;
    return {
      ...rest,
      maskedName: maskName(this.personal.open('application', 'name_sealed', rest.id, name)),
      maskedNumber: maskNumber(kind, this.personal.open('application', 'number_sealed', rest.id, number)),
    };
  }
}

const listing = {
  columns: {
    id: 'a.id',
    state: 'a.state',
    admissionNumber: 'a.admission_number',
    reason: 'a.reason',
    name: 'a.name_sealed',
    documentKind: 'a.document_kind',
    number: 'a.number_sealed',
    condition: 'a.condition',
    commitmentVersion: 'a.commitment_version',
    classId: 'a.class_id',
    hours: 'c.hours',
    completedOn: 'c.completed_on',
    completionPassed: 'c.passed',
    trainingCertificate: 'c.training_certificate_id is not null',
    reasonCode: 'a.reason_code',
    endReason: 'a.end_reason',
    enrolmentWithdrawn: 'exists (select from known_withdrawal as w where w.enrolment_id = c.enrolment_id)',
    hoursCheck: `case when c.completed_on is null then '待核查' else '已核对' end`,
    conditionCheck: `'待核查'::text`,
    appliedAt: 'a.applied_at',
  },
  from: 'application as a left join known_completion as c using (class_id, person_id)',
};
