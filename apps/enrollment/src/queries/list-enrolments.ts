import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Decimal, Flag, Instant, Int, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { hoursOf } from '../data/hours.js';
import { withdrawalReasons } from '../domain/leaving.js';
import { Database, Missing, type Page, page, PageOf, Personal, row, SortedBy } from '@shuzheng/platform';
import { type DocumentKind, documentWarnings, maskName, maskNumber, maskPhone } from '@shuzheng/regulation';

export const enrolmentStates = ['enrolled', 'completed', 'withdrawn'] as const;

export class EnrolmentView {
  @Uuid() readonly id!: string;
  @Uuid() readonly personId!: string;
  @Int(1, 10000, { description: '名单中的次序' }) readonly place!: number;
  @Text(1, 60, { nullable: true, description: '机构编号' }) readonly reference!: string | null;
  @Text(1, 10) readonly maskedName!: string;
  @Code() readonly documentKind!: string;
  @Text(1, 40) readonly maskedNumber!: string;
  @Text(1, 20) readonly maskedPhone!: string;
  @Texts(10, { description: '提示，如证件号码形式待核实' }) readonly warnings!: string[];
  @Code() readonly education!: string;
  @Text(1, 100) readonly employer!: string;
  @Code() readonly category!: string;
  @OneOf(enrolmentStates) readonly state!: string;
  @Flag({ nullable: true, description: '结业考核是否合格' }) readonly passed!: boolean | null;
  @Decimal(0, 10000, { description: '实修学时' }) readonly hours!: number;
  @Flag({ description: '已颁发培训合格证书' }) readonly certified!: boolean;
  @Text(1, 60, { nullable: true }) readonly certificateNumber!: string | null;
  @Instant() readonly enrolledAt!: string;
  @Instant({ nullable: true }) readonly withdrawnAt!: string | null;
  @OneOf([...withdrawalReasons, 'class-cancelled'], { nullable: true }) readonly withdrawnReason!: string | null;
  @Text(1, 200, { nullable: true }) readonly withdrawnText!: string | null;
  @Flag({ description: '开班后补录' }) readonly late!: boolean;
  @OneOf(['rule', 'unverified'], { nullable: true, description: '补录依据；unverified 表示补录期限待核实' })
  readonly lateBasis!: string | null;
  @Text(1, 200, { nullable: true }) readonly lateReason!: string | null;
  @Uuid({ nullable: true, description: '转入前的报名' }) readonly movedFrom!: string | null;
}
export const EnrolmentPage = PageOf(EnrolmentView);

export class EnrolmentFilter extends SortedBy('place', '-withdrawnAt') {
  @OneOf(enrolmentStates, { optional: true }) readonly state?: string;
}

export class ListEnrolments extends Query<Page<EnrolmentView>> {
  constructor(
    readonly classId: string,
    readonly filter: EnrolmentFilter,
  ) {
    super();
  }
}

type Sealed = Omit<EnrolmentView, 'maskedName' | 'maskedNumber' | 'maskedPhone' | 'warnings'> & {
  readonly name: string;
  readonly number: string;
  readonly phone: string;
};

@QueryHandler(ListEnrolments)
export class ListEnrolmentsHandler implements IQueryHandler<ListEnrolments> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ classId, filter }: ListEnrolments) {
    return this.db.transaction(async (tx) => {
      if (!(await row(tx, 'select 1 from training_class where id = $1', [classId]))) throw new Missing();
      const { items, ...rest } = await page<Sealed & Record<string, unknown>>(
        this.db,
        {
          columns,
          from,
          where: [
            [`enrolment.class_id = ?`, classId],
            ['enrolment.state = ?', filter.state],
          ],
        },
        filter,
      );
      return { ...rest, items: items.map((item) => this.masked(item)) };
    });
  }

  private masked({ name, number, phone, ...seat }: Sealed): EnrolmentView {
    const { personId } = seat;
    const documentKind = seat.documentKind as DocumentKind;
    const documentNumber = this.personal.open('person', 'number', personId, number);
    return {
      ...seat,
      maskedName: maskName(this.personal.open('person', 'name', personId, name)),
      maskedNumber: maskNumber(documentKind, documentNumber),
      warnings: documentWarnings(documentKind, documentNumber),
      maskedPhone: maskPhone(this.personal.open('enrolment', 'phone', seat.id, phone)),
    };
  }
}

const columns = {
  id: 'enrolment.id',
  personId: 'enrolment.person_id',
  place: 'enrolment.place',
  reference: 'enrolment.reference',
  name: 'person.name_sealed',
  documentKind: 'person.document_kind',
  number: 'person.number_sealed',
  phone: 'enrolment.phone_sealed',
  education: 'enrolment.education',
  employer: 'enrolment.employer',
  category: 'enrolment.category',
  state: 'enrolment.state',
  passed: 'enrolment.passed',
  hours: hoursOf('enrolment'),
  certified: 'certificate.id is not null',
  certificateNumber: 'certificate.number',
  enrolledAt: 'enrolment.enrolled_at',
  withdrawnAt: 'enrolment.withdrawn_at',
  withdrawnReason: 'enrolment.withdrawn_reason',
  withdrawnText: 'enrolment.withdrawn_text',
  late: 'enrolment.late_on is not null',
  lateBasis: 'enrolment.late_basis',
  lateReason: 'enrolment.late_reason',
  movedFrom: 'enrolment.moved_from',
};

const from = `enrolment join person on person.id = enrolment.person_id
  left join training_certificate as certificate on certificate.enrolment_id = enrolment.id and certificate.state = 'issued'`;
