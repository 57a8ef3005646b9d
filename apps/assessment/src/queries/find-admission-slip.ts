import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, Int, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, Missing, Personal } from '@shuzheng/platform';
import { type DocumentKind, maskNumber } from '@shuzheng/regulation';

/** 准考证: everything a candidate needs to find the seat. */
export class AdmissionSlip {
  @Uuid() readonly applicationId!: string;
  @Uuid() readonly sessionId!: string;
  @Text(1, 20, { description: '批次号' }) readonly serial!: string;
  @Text(1, 40, { description: '准考证号' }) readonly admissionNumber!: string;
  @Text(1, 60, { description: '本人姓名' }) readonly name!: string;
  @Text(1, 60) readonly maskedNumber!: string;
  @Code() readonly occupationCode!: string;
  @Code() readonly level!: string;
  @Text(1, 100) readonly direction!: string;
  @Day() readonly theoryOn!: string;
  @Day() readonly abilityOn!: string;
  @Text(1, 200) readonly site!: string;
  @Text(1, 200, { nullable: true, description: '考点地址；未登记考点的为空' }) readonly address!: string | null;
  @Text(1, 40, { nullable: true, description: '考场；尚未编排的为空' }) readonly room!: string | null;
  @Int(1, 2000, { nullable: true }) readonly seat!: number | null;
}

/** One's own admission slip; there is none before the qualification. */
export class FindAdmissionSlip extends Query<AdmissionSlip> {
  constructor(readonly applicationId: string) {
    super();
  }
}

type Sealed = Omit<AdmissionSlip, 'name' | 'maskedNumber'> & {
  readonly sealedName: string;
  readonly documentKind: DocumentKind;
  readonly number: string;
};

@QueryHandler(FindAdmissionSlip)
export class FindAdmissionSlipHandler implements IQueryHandler<FindAdmissionSlip> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  async execute({ applicationId }: FindAdmissionSlip): Promise<AdmissionSlip> {
    const [found] = await this.db.read<Sealed & Record<string, unknown>>(slip, [
      applicationId,
      actor().personId ?? null,
    ]);
    if (!found) throw new Missing();
    const { sealedName, documentKind, number, ...rest } = found;
    const open = (column: string, sealed: string) => this.personal.open('application', column, applicationId, sealed);
    return {
      ...rest,
      name: open('name_sealed', sealedName),
      maskedNumber: maskNumber(documentKind, open('number_sealed', number)),
    };
  }
}

const slip = `
  select a.id as "applicationId", s.id as "sessionId", s.serial, a.admission_number as "admissionNumber",
    a.name_sealed as "sealedName", a.document_kind as "documentKind", a.number_sealed as number,
    s.occupation_code as "occupationCode", s.level, s.direction, s.theory_on as "theoryOn", s.ability_on as "abilityOn",
    s.site, place.address, c.room, c.seat
  from application as a
  join session as s on s.id = a.session_id
  left join known_exam_site as place on place.site_id = s.site_id
  left join candidate_seat as c on c.application_id = a.id
  where a.id = $1 and a.person_id = $2 and a.state = 'qualified'`;
