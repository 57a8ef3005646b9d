import { cities, province } from '@shuzheng/regulation';
import { readFileSync } from 'node:fs';
import { OPERATOR, officeId, type RuleKey, ruleIdOf } from './identifiers.js';

/** A value as we know it, and how well. Recalled (R) and not found (G) are empty. */
interface Known<Value> {
  readonly value: Value | null;
  readonly confidence: string;
  /** What is open, and where it can be read or asked. */
  readonly note?: string;
}

export interface OccupationRecord {
  /** The code it is registered under: of the 2022 classification, or else of its 2021 standard. */
  readonly code: string;
  readonly name: string;
  readonly currentCode: Known<string>;
  /** Null where the occupation had no standard under an older code. */
  readonly formerCode: Known<string> | null;
  readonly confidence: string;
  readonly source: string;
  readonly note?: string;
}

export interface StandardRecord extends Known<{ edition: string; document: string; promulgatedOn: string }> {
  readonly occupationCode: string;
}

export interface RuleRecord extends Known<object>, RuleKey {
  readonly id: string;
  readonly document: string;
  readonly article: string;
}

interface StandardRule extends Known<object> {
  readonly rule: string;
  readonly article: string;
}
interface StandardRules {
  /** What every standard must say; it stands wherever `specific` says nothing. */
  readonly every: readonly StandardRule[];
  readonly specific: readonly (StandardRule & { readonly scope: string; readonly levels: readonly string[] })[];
}
type ProgrammeRule = StandardRule & { readonly document: string; readonly from: string };

const read = <T>(name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8')) as T;

/** From when a record counts whose standard is not known: the day the programme was announced. */
const PROGRAMME_DAY = '2022-12-08';
const levels = ['junior', 'intermediate', 'senior'];

export const occupations = read<OccupationRecord[]>('occupations');
export const standards = read<StandardRecord[]>('standards');

const withId = (record: Omit<RuleRecord, 'id'>): RuleRecord => ({ id: ruleIdOf(record), ...record });

const programmeRules = read<ProgrammeRule[]>('programme-rules').map((record) =>
  withId({ ...record, scope: 'programme', edition: null, level: null }),
);

/** One record for each rule, occupation and level: what is known of it, or that it is not. */
function standardRules(): RuleRecord[] {
  const { every, specific } = read<StandardRules>('standard-rules');
  return standards.flatMap(({ occupationCode: scope, value: standard }) =>
    levels.flatMap((level) =>
      every.map((gap) => {
        const known = specific.find(
          (one) => one.rule === gap.rule && one.scope === scope && one.levels.includes(level),
        );
        const { rule, article, value, confidence, note } = known ?? gap;
        return withId({
          rule,
          scope,
          edition: standard?.edition ?? null,
          level,
          value,
          from: standard?.promulgatedOn ?? PROGRAMME_DAY,
          document: standard?.document ?? '国家职业标准',
          article,
          confidence,
          ...(note === undefined ? {} : { note }),
        });
      }),
    ),
  );
}

export const rules: readonly RuleRecord[] = [...programmeRules, ...standardRules()];

/** The province's office, those of its cities, and whoever runs the registry. */
export const organisations = [
  { id: OPERATOR, name: '系统运行单位', cityCode: province.code, role: 'operator' },
  { id: officeId(province.code), name: '山东省人力资源和社会保障厅', cityCode: province.code, role: 'department' },
  ...cities
    .filter(({ successor }) => successor === undefined)
    .map(({ code, name }) => ({
      id: officeId(code),
      name: `${name}人力资源和社会保障局`,
      cityCode: code,
      role: 'city-bureau',
    })),
];
