/** A part of a plan that a recipient may send back, and which fields of the plan belong to it. */
interface Section {
  readonly title: string;
  readonly training: readonly string[];
  readonly exam: readonly string[];
}

/** 退回补正 names these sections; the institution and the next reviewer see the same words. */
export const planSections = {
  basic: {
    title: '基本情况（职业、等级、方向、人数）',
    training: ['subject', 'plannedSeats'],
    exam: ['trainingPlanId', 'subject', 'plannedSeats'],
  },
  schedule: { title: '起止日期', training: ['startsOn', 'endsOn'], exam: ['examFrom', 'examTo'] },
  venue: { title: '地点', training: ['venueCityCode', 'venueAddress'], exam: ['site'] },
  materials: { title: '教程与培训大纲', training: ['courseBook', 'outlineEdition'], exam: [] },
  teachers: { title: '师资', training: ['teachers'], exam: [] },
  fees: { title: '收费标准', training: ['fee'], exam: [] },
  evaluation: { title: '评价机构', training: [], exam: ['evaluationOrganisationId'] },
} as const satisfies Readonly<Record<string, Section>>;

export type SectionCode = keyof typeof planSections;
export const sectionCodes = Object.keys(planSections) as SectionCode[];

export type PlanKind = 'training' | 'exam';
export const sectionsOf = (kind: PlanKind): SectionCode[] =>
  sectionCodes.filter((code) => planSections[code][kind].length > 0);

const fieldTitles: Readonly<Record<string, string>> = {
  'subject.occupationCode': '职业编码',
  'subject.edition': '标准版次',
  'subject.level': '等级',
  'subject.direction': '职业方向',
  plannedSeats: '计划人数',
  startsOn: '开始日期',
  endsOn: '结束日期',
  venueCityCode: '培训地点（市）',
  venueAddress: '培训地点（地址）',
  courseBook: '培训教程',
  outlineEdition: '培训大纲版次',
  teachers: '师资人数',
  fee: '收费标准',
  trainingPlanId: '培训计划',
  evaluationOrganisationId: '评价机构',
  examFrom: '考核开始日期',
  examTo: '考核结束日期',
  site: '考核站点',
};

export interface FieldChange {
  readonly section: SectionCode;
  readonly field: string;
  readonly title: string;
  readonly before: string | null;
  readonly after: string | null;
}

type Content = Readonly<Record<string, unknown>>;

/** What differs between two versions of a plan, field by field in the order of the sections. */
export function changesBetween(kind: PlanKind, before: Content | null, after: Content): FieldChange[] {
  if (before === null) return [];
  const [then, now] = [flat(before), flat(after)];
  return sectionsOf(kind).flatMap((section) =>
    planSections[section][kind].flatMap((top) =>
      Object.entries(fieldTitles)
        .filter(([field]) => field === top || field.startsWith(`${top}.`))
        .map(([field, title]) => ({
          section,
          field,
          title,
          before: then.get(field) ?? null,
          after: now.get(field) ?? null,
        }))
        .filter((change) => change.before !== change.after),
    ),
  );
}

function flat(content: Content, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(content).flatMap(([name, value]) =>
      typeof value === 'object' && value !== null
        ? [...flat(value as Content, `${prefix}${name}.`)]
        : typeof value === 'string' || typeof value === 'number'
          ? [[prefix + name, String(value)] as const]
          : [],
    ),
  );
}
