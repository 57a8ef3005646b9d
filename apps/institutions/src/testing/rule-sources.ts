import { cities, documentKinds, type Level, levelName, statutoryClocks } from '@shuzheng/regulation';
import { occupations, type RuleRecord, rules, standards } from '../data/reference/reference.js';
import { statusOf } from '../domain/known.js';
import { kindOf, type RuleKind, ruleKinds, settingKinds } from '../domain/rule-kinds.js';

const intro = `# Rule sources

Every rule the registry ships with, where it comes from, how well it is known, and what is still 待核实. The records are
\`apps/institutions/src/data/reference/*.json\`; a test keeps this page equal to them. The office records what it has verified with
\`POST /api/v1/institutions/rules\`, from a day on; what stands is \`GET /api/v1/institutions/rules?on=<day>\`.

| mark | meaning | shown as |
| --- | --- | --- |
| T | read in the text of the rule | known |
| T2 | read in a secondary text: a news report, a repost | known |
| C | computed | known |
| I | our own reading, where no document says; used until the office sets it | 待核实 |
| R | recalled, not verified: the value is empty | 待核实 |
| G | not found: the value is empty | 待核实 |

A record counts from the day of its document, or of the programme's (2022-12-08) where the document is not known; no document states
another day, so that is our reading too. An empty value passes nothing silently: a check that needs it refuses or says that it is open.`;

const table = (head: readonly string[], rows: readonly (readonly (string | undefined)[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map((cell) => cell || '–').join(' | ')} |`).join('\n');

type Value = Partial<Record<'text' | 'meaning', string> & Record<'theory' | 'ability' | 'maximum', number>> & {
  readonly items?: readonly object[];
  readonly complete?: boolean;
};

/** What a value says, in a few words. */
function told({ rule, value }: Pick<RuleRecord, 'rule' | 'value'>): string {
  if (value === null) return '待核实';
  const { text, meaning, theory, ability, maximum, items, complete, ...lists } = value as Value;
  if (text) return text;
  if (meaning) return `\`${meaning}\``;
  if (maximum) return `理论知识 ≥ ${theory}，专业能力 ≥ ${ability}，满分 ${maximum}`;
  if (items) return `${items.length} 项条件`;
  const [list]: unknown[] = Object.values(lists);
  if (Array.isArray(list)) return list.length > 0 ? list.join('、') + (complete ? '' : '……（不全）') : '不分方向';
  return kindOf(rule)?.title ?? '';
}

const programme = rules.filter(({ scope }) => scope === 'programme');

/** The levels that a standard treats alike stand in one row. */
function standardRows() {
  const alike = new Map<string, RuleRecord[]>();
  for (const record of rules.filter(({ level }) => level !== null)) {
    const { rule, scope, value, confidence, note } = record;
    const key = JSON.stringify([rule, scope, value, confidence, note]);
    alike.set(key, [...(alike.get(key) ?? []), record]);
  }
  return [...alike.values()].flatMap((records) => {
    const [one] = records;
    return one ? [{ ...one, levels: records.map(({ level }) => levelName(level as Level)).join('、') }] : [];
  });
}

const nameOf = (code: string) => occupations.find((one) => one.code === code)?.name ?? code;

const sections = (): readonly (readonly [heading: string, text: string])[] => [
  [
    'The programme',
    table(
      ['rule', 'code', 'value', 'document', 'article', 'mark', 'status', 'what is open, and where to get it'],
      programme.map((record) => [
        kindOf(record.rule)?.title,
        `\`${record.rule}\``,
        told(record),
        record.document,
        record.article,
        record.confidence,
        statusOf(record.value, record.confidence),
        record.note,
      ]),
    ),
  ],
  ...['directions', 'conditions', 'pass-marks', 'hours'].map(
    (rule) =>
      [
        `The standards: ${kindOf(rule)?.title} \`${rule}\``,
        table(
          [
            'occupation',
            'edition',
            'levels',
            'value',
            'document',
            'article',
            'mark',
            'status',
            'what is open, and where to get it',
          ],
          standardRows()
            .filter((record) => record.rule === rule)
            .map((record) => [
              nameOf(record.scope),
              record.edition ?? '待核实',
              record.levels,
              told(record),
              record.document,
              record.article,
              record.confidence,
              statusOf(record.value, record.confidence),
              record.note,
            ]),
        ),
      ] as const,
  ),
  [
    'The editions of the standards',
    table(
      ['occupation', 'edition', 'document', 'promulgated', 'mark', 'status', 'what is open, and where to get it'],
      standards.map(({ occupationCode, value, confidence, note }) => [
        nameOf(occupationCode),
        value?.edition ?? '待核实',
        value?.document ?? '待核实',
        value?.promulgatedOn ?? '待核实',
        confidence,
        statusOf(value, confidence),
        note,
      ]),
    ),
  ],
  [
    'The occupations',
    table(
      [
        'occupation',
        'registered under',
        '2022 code',
        'mark',
        '2021 code',
        'mark',
        'source',
        'what is open, and where to get it',
      ],
      occupations.map(({ code, name, currentCode, formerCode, source, note }) => [
        name,
        code,
        currentCode.value ?? '待核实',
        currentCode.confidence,
        formerCode?.value ?? undefined,
        formerCode?.confidence,
        source,
        note,
      ]),
    ),
  ],
  [
    'The statutory time limits',
    `These are in \`libs/regulation\`; the oversight service counts them by the holiday table.\n\n` +
      table(
        ['limit', 'code', 'length', 'from', 'mark of the start', 'document', 'article', 'mark'],
        statutoryClocks.map((clock) => [
          clock.name,
          `\`${clock.code}\``,
          `${clock.n} ${clock.unit === 'day' ? '日' : '个工作日'}`,
          clock.startEvent,
          clock.startConfidence,
          clock.document,
          clock.article,
          clock.confidence,
        ]),
      ),
  ],
  [
    'The cities',
    `These are in \`libs/regulation\`; \`GET /api/v1/institutions/cities\` tells them. A code of an abolished city belongs to its successor.\n\n` +
      table(
        ['city', 'code', 'from', 'to', 'successor', 'source', 'mark', 'status'],
        cities.map(({ code, name, from, to, successor, source, confidence }) => [
          ...[name, code, from ?? '待核实', to ?? (successor && '待核实'), successor, source, confidence],
          statusOf(code, confidence),
        ]),
      ),
  ],
  [
    'The kinds of documents',
    `\`GET /api/v1/institutions/document-kinds\` tells them. A number of a kind whose form is 待核实 is refused for no form. Where it does\n` +
      `not look as recalled (通行证: H or M and 8 digits; 护照: 5 to 17 letters and digits), it is taken and shown with a warning.\n\n` +
      table(
        ['document', 'code', 'form of the number', 'from', 'source', 'mark', 'status'],
        documentKinds.map(({ code, name, form, from, source, confidence }) => [
          ...[name, `\`${code}\``, form ?? '待核实', from ?? '待核实', source ?? '待核实', confidence],
          statusOf(form, confidence),
        ]),
      ),
  ],
  ['How a value must look', table(['rule', 'code', 'belongs to', 'form'], formsOf(ruleKinds))],
  [
    'What only the office sets',
    `No document says these, and there is no record of them until the office makes one.\n\n` +
      table(['setting', 'code', 'belongs to', 'form'], formsOf(settingKinds)),
  ],
];

const formsOf = (kinds: Readonly<Record<string, RuleKind>>) =>
  Object.entries(kinds).map(([code, kind]) => [kind.title, `\`${code}\``, kind.of, `\`${kind.form}\``]);

/** The page `docs/rule-sources.md`. */
export const ruleSources = () =>
  [intro, ...sections().map(([heading, text]) => `## ${heading}\n\n${text}`)].join('\n\n') + '\n';
