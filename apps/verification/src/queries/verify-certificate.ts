import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, levels, List, OneOf, Text, Texts, Uuid } from '@shuzheng/contracts';
import { parseRegistryNumber } from '@shuzheng/credentials';
import { Clock, Database, Personal, Refused, sha256 } from '@shuzheng/platform';
import { timingSafeEqual } from 'node:crypto';
import { canonicalCode } from '../domain/check-codes.js';
import { notFound, outcomeOf, outcomes, outcomeWords, sentenceOf } from '../domain/outcomes.js';

export class VersionView {
  @Int(1, 1000) readonly version!: number;
  @OneOf(['issued', 'typo', 'identity', 'result'], { description: 'issued 为颁发，其余为更正的种类' })
  readonly kind!: string;
  @Day() readonly since!: string;
}

/** With the check code: the public fields. With the holder's name: the full set. Not found: neither. */
export class Verification {
  @OneOf(outcomes) readonly outcome!: string;
  @Text(1, 20, { description: '有效 · 已更正 · 已暂停 · 已撤销 · 已换发 · 查无此证' }) readonly words!: string;
  @Text(1, 200) readonly sentence!: string;
  @Instant() readonly checkedAt!: string;
  @Instant({ nullable: true, description: '登记信息截至何时' }) readonly dataTime!: string | null;
  @Texts(3, { optional: true, description: '查无此证的三种可能' }) readonly likelyCauses?: readonly string[];
  @Text(1, 200, { optional: true }) readonly advice?: string;

  @Text(1, 40, { optional: true }) readonly registryNumber?: string;
  @Text(1, 60, { optional: true }) readonly maskedName?: string;
  @Text(1, 60, { optional: true }) readonly occupationCode?: string;
  @Text(1, 100, { optional: true }) readonly occupationName?: string;
  @Text(1, 60, { optional: true }) readonly edition?: string;
  @OneOf(levels, { optional: true }) readonly level?: string;
  @Text(1, 100, { optional: true }) readonly direction?: string;
  @Uuid({ optional: true }) readonly issuerId?: string;
  @Text(1, 200, { optional: true }) readonly issuer?: string;
  @Day({ optional: true }) readonly awardedOn?: string;
  @Int(1, 1000, { optional: true }) readonly version?: number;
  @Day({ optional: true, nullable: true }) readonly correctedOn?: string | null;
  @Day({ optional: true, nullable: true }) readonly suspendedOn?: string | null;
  @Day({ optional: true, nullable: true, description: '暂停后恢复之日' }) readonly reinstatedOn?: string | null;
  @Day({ optional: true, nullable: true }) readonly revokedOn?: string | null;
  @Day({ optional: true, nullable: true, description: '换发之日：另有新证书' }) readonly replacedOn?: string | null;
  @Text(1, 40, { optional: true, nullable: true, description: '换发的新证书的登记号；校验码或姓名相符才会给出' })
  readonly replacedBy?: string | null;
  @List(() => VersionView, 1, 1000, { optional: true }) readonly versions?: readonly VersionView[];

  @Text(1, 100, { optional: true, description: '所填姓名，与证书一致' }) readonly name?: string;
  @Int(1, 1000, { optional: true, description: '所填姓名属于哪一版' }) readonly matchedVersion?: number;
  @Day({ optional: true }) readonly examOn?: string;
  @Day({ optional: true }) readonly approvedOn?: string;
  @Text(1, 60, { optional: true, nullable: true, description: '证书编号，由颁发机构编制' })
  readonly certificateNumber?: string | null;
}

export interface Asked {
  readonly number: string;
  readonly code?: string | undefined;
  readonly name?: string | undefined;
}

/** Is this certificate real, and what does it count for today? */
export class VerifyCertificate extends Query<Verification> {
  constructor(readonly asked: Asked) {
    super();
  }
}

@QueryHandler(VerifyCertificate)
export class VerifyCertificateHandler implements IQueryHandler<VerifyCertificate> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly personal: Personal,
  ) {}

  async execute({ asked }: VerifyCertificate): Promise<Verification> {
    const parsed = parseRegistryNumber(asked.number);
    if (!parsed.ok) throw new Refused([parsed.fault]);

    // One statement: the model is public, so there is no reach to set and no transaction to open for it.
    const { rows } = await this.db.query<Model>(lookUp, [parsed.number]);
    const { dataTime = null, certificate = null } = rows[0] ?? {};
    const matched = this.matchedVersion(asked, parsed.number, certificate);

    const times = { checkedAt: this.clock.instant(), dataTime };
    if (!certificate || matched === undefined)
      return { outcome: 'not-found', words: outcomeWords['not-found'], ...notFound, ...times };
    const { full, publicly } = certificate;
    const outcome = outcomeOf(publicly);
    return {
      ...{ outcome, words: outcomeWords[outcome], sentence: sentenceOf(publicly), ...times, ...publicly },
      ...(asked.name === undefined ? {} : { name: asked.name.trim(), matchedVersion: matched, ...full }),
    };
  }

  /** Which version the caller holds; undefined when anything typed is wrong. What was typed is compared in constant time. */
  private matchedVersion({ code, name }: Asked, number: string, found: Found | null): number | undefined {
    const digest = sha256(`${number}|${canonicalCode(code ?? '')}`);
    const index = this.personal.nameIndex(name ?? '');
    const { checkDigest, names, publicly } = found ?? nothing;
    const codeIsRight = same(digest, checkDigest);
    const version = names.find((one) => same(index, one.index))?.version;
    if (code === undefined && name === undefined) return undefined;
    if (code !== undefined && !codeIsRight) return undefined;
    return name === undefined ? publicly.version : version;
  }
}

const same = (typed: string, kept: string) =>
  typed.length === kept.length && timingSafeEqual(Buffer.from(typed), Buffer.from(kept));

interface Model {
  readonly dataTime: string | null;
  readonly certificate: Found | null;
}

interface Found {
  readonly checkDigest: string;
  /** The name of every version, the current first: whoever holds an older print finds its correction. */
  readonly names: readonly { readonly version: number; readonly index: string }[];
  readonly publicly: {
    readonly version: number;
    readonly correctedOn: string | null;
    readonly suspendedOn: string | null;
    readonly reinstatedOn: string | null;
    readonly replacedOn: string | null;
    readonly replacedBy: string | null;
    readonly revokedOn: string | null;
  };
  readonly full: object;
}

/** What an unknown number is compared with, so that it takes as long as a known one. */
const nothing: Pick<Found, 'checkDigest' | 'names'> & { publicly: { version: number } } = {
  checkDigest: '0'.repeat(64),
  names: [{ version: 1, index: '0'.repeat(43) }],
  publicly: { version: 1 },
};

const lookUp = `
  select (select max(heard_at) from certificate) as "dataTime", (
    select json_build_object(
      'checkDigest', check_digest,
      'names', (
        select json_agg(json_build_object('version', version, 'index', name_index) order by version desc)
        from certificate_version where registry_number = $1
      ),
      'publicly', json_build_object(
        'registryNumber', registry_number, 'maskedName', masked_name, 'occupationCode', occupation_code,
        'occupationName', occupation_name, 'edition', edition, 'level', level, 'direction', direction,
        'issuerId', issuer_id, 'issuer', issuer, 'awardedOn', awarded_on, 'version', version, 'correctedOn', corrected_on,
        'suspendedOn', suspended_on, 'reinstatedOn', reinstated_on, 'revokedOn', revoked_on, 'replacedOn', replaced_on,
        'replacedBy', replaced_by,
        'versions', (
          select json_agg(json_build_object('version', version, 'kind', kind, 'since', since) order by version)
          from certificate_version where registry_number = $1
        )
      ),
      'full', json_build_object('examOn', exam_on, 'approvedOn', approved_on, 'certificateNumber', certificate_number)
    ) from certificate where registry_number = $1
  ) as certificate`;
