import { Code, Instant, Int, Json, Nested, OneOf, planKinds, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import type { Actor } from '@shuzheng/platform';
import { type Standings, standings, statusOfFiling } from '../domain/plan-status.js';
import { PlanStatus, standings as standingRows, standingsOf } from './plan-status.js';
import { recipientOf } from './recipients.js';

export class FilingView {
  @Uuid() readonly id!: string;
  @Uuid() readonly planId!: string;
  @OneOf(planKinds) readonly kind!: string;
  @Int(1, 1000) readonly version!: number;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200, { nullable: true }) readonly organisationName!: string | null;
  @Code() readonly cityCode!: string;
  @Json({ description: '备案内容' }) readonly content!: object;
  @Texts(10, { description: '待核实的事项' }) readonly unverified!: string[];
  @Sha256() readonly sha256!: string;
  @Instant() readonly filedAt!: string;
  @Instant({ description: '首次备案时间' }) readonly firstFiledAt!: string;
  @OneOf(standings, { description: '对本接收单位而言的状态；培训机构看到两个接收单位合并的状态' })
  readonly state!: string;
  @Json({ description: '两个接收单位各自的状态：department、city-bureau' })
  readonly standings!: Standings;
  @Nested(() => PlanStatus) readonly status!: PlanStatus;
}

export type FoundFiling = Omit<FilingView, 'status'>;

const order = `array['${standings.join("', '")}']`;
const ofFiled = `(${standingRows} where filing.id = filed.id) as standing`;
// For the institution the recipient that is behind speaks for both.
const together = `(${order})[(select min(array_position(${order}, state)) from ${ofFiled})]`;
const ofRecipient = (recipient: string) => `(select state from ${ofFiled} where recipient = '${recipient}')`;

/** Filings as the caller stands to them. */
export const filingsFor = (reader: Actor) => ({
  columns: {
    id: 'filed.id',
    planId: 'filed.plan_id',
    kind: 'filed.kind',
    version: 'filed.version',
    organisationId: 'filed.organisation_id',
    organisationName: 'organisation.name',
    cityCode: 'filed.city_code',
    content: 'filed.content',
    unverified: 'filed.unverified',
    sha256: 'filed.sha256',
    filedAt: 'filed.filed_at',
    firstFiledAt: 'filed.first_filed_at',
    state: reader.reach === 'organisation' ? together : ofRecipient(recipientOf(reader)),
    standings: standingsOf('filed'),
  },
  from: 'filing as filed left join known_organisation as organisation on organisation.id = filed.organisation_id',
});

export const toldFiling = <Filing extends FoundFiling>(
  filing: Filing,
  dueOf: (filedAt: string) => string | null,
): Filing & { readonly status: PlanStatus } => ({
  ...filing,
  status: statusOfFiling(filing.state, filing.standings, dueOf(filing.filedAt)),
});
