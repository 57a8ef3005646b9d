import type pg from 'pg';

/** Which table holds the things of a path, where it is not named like it. */
const tables: Readonly<Record<string, string>> = {
  'assessment/exam-plans': 'known_exam_plan.plan_id',
  'certification/batches': 'batch',
  'certification/rows': 'batch_row',
  'certification/corrections': 'amendment',
  'certification/suspensions': 'amendment',
  'certification/reinstatements': 'amendment',
  'certification/revocations': 'amendment',
  'certification/replacements': 'amendment',
  'enrollment/filings': 'filing.plan_id',
  'enrollment/persons/amendments': 'person_amendment',
  'enrollment/persons/merge-proposals': 'merge_proposal',
  'enrollment/classes': 'training_class',
  'enrollment/evidence': 'lesson_evidence',
  'institutions/directory-entries': 'directory_entry',
  'institutions/directory-batches': 'directory_batch',
  'institutions/rules': 'rule_record',
  'institutions/city-entries': 'city_entry',
};

const singular = (name: string) => name.replaceAll('-', '_').replace(/s$/, '');

/** The table and the column in which the ids of a path are found. */
export function tableOf(place: string): { schema: string; table: string; column: string } {
  const [schema = '', ...rest] = place.split('/');
  const [table = '', column = 'id'] = (tables[place] ?? singular(rest.join('_'))).split('.');
  return { schema, table, column };
}

export interface Owner {
  readonly organisations: readonly string[];
  readonly personId: string;
  readonly accountId: string;
}

/** The id of a thing of these owners, made by the journey or put there. */
export async function idIn(client: pg.Client, place: string, owner: Owner): Promise<string | undefined> {
  const { schema, table, column } = tableOf(place);
  const { rows: columns } = await client.query<{ name: string }>(
    `select attname as name from pg_attribute where attrelid = $1::regclass and attnum > 0`,
    [`${schema}.${table}`],
  );
  const has = (name: string) => columns.some((one) => one.name === name);
  const conditions = [
    ...(has('organisation_id')
      ? ['(organisation_id = any($1) or organisation_id is null)']
      : ['$1::uuid[] is not null']),
    ...(has('person_id') ? ['(person_id = $2 or person_id is null)'] : ['$2::uuid is not null']),
    ...(has('account_id') ? ['account_id = $3'] : ['$3::uuid is not null']),
  ];
  const { rows } = await client.query<{ id: string }>(
    `select ${column} as id from ${schema}.${table} where ${conditions.join(' and ')} limit 1`,
    [owner.organisations, owner.personId, owner.accountId],
  );
  return rows[0]?.id;
}
