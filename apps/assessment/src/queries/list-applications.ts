import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Decimal, Flag, Instant, Int, List, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, type Page, page, PageOf, PageQuery, Personal } from '@shuzheng/platform';
import { type DocumentKind, maskName, maskNumber } from '@shuzheng/regulation';

const states = ['submitted', 'qualified', 'refused', 'withdrawn'] as const;

export class ApplicationView {
  @Uuid() readonly id!: string;
  @OneOf(states) readonly state!: string;
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
  @Instant() readonly appliedAt!: string;
}
export const ApplicationPage = PageOf(ApplicationView);

export class ApplicationFilter extends PageQuery {
  @OneOf(states, { optional: true }) readonly state?: string;
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
    appliedAt: 'a.applied_at',
  },
  from: 'application as a left join known_completion as c using (class_id, person_id)',
  sorts: ['appliedAt'],
};

export class MyApplication {
  @Uuid() readonly id!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20) readonly serial!: string;
  @OneOf(states) readonly state!: string;
  @Text(1, 500, { nullable: true }) readonly reason!: string | null;
  @Text(1, 40, { nullable: true }) readonly admissionNumber!: string | null;
  @Int(1, 20) readonly condition!: number;
  @Code() readonly commitmentVersion!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Text(1, 200) readonly site!: string;
  @Instant() readonly appliedAt!: string;
}
export class MyApplications {
  @List(() => MyApplication, 0, 200) readonly items!: MyApplication[];
}

/** One's own applications, the latest first. */
export class ListMyApplications extends Query<MyApplications> {}

@QueryHandler(ListMyApplications)
export class ListMyApplicationsHandler implements IQueryHandler<ListMyApplications> {
  constructor(private readonly db: Database) {}

  async execute(): Promise<MyApplications> {
    const items = await this.db.read<MyApplication>(
      `select a.id, a.session_id as "sessionId", s.serial, a.state, a.reason, a.admission_number as "admissionNumber", a.condition,
         a.commitment_version as "commitmentVersion", s.theory_on as "theoryOn", s.ability_on as "abilityOn", s.site,
         a.applied_at as "appliedAt"
       from application as a join session as s on s.id = a.session_id
       where a.person_id = $1 order by a.applied_at desc limit 200`,
      [actor().personId ?? null],
    );
    return { items };
  }
}
