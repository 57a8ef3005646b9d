import { broken, type Rules } from '@shuzheng/platform/rules';

/** All that an order to issue depends on. */
export interface IssuingFacts {
  /** The approval days of the rows that are approved and have no number. */
  readonly approvedOn: readonly string[];
  /** How many rows still wait for a decision or for the national reply. */
  readonly waiting: number;
  /** How many nationally returned rows of the batch are unresolved, where the office lets them hold up the others. */
  readonly nationallyReturned: number;
  readonly awardedOn: string;
  readonly today: string;
}

const rules = {
  'not-national-approved': ({ approvedOn, waiting }) => approvedOn.length === 0 && waiting > 0,
  'nothing-approved': ({ approvedOn, waiting }) => approvedOn.length === 0 && waiting === 0,
  'national-return-open': ({ approvedOn, nationallyReturned }) => approvedOn.length > 0 && nationallyReturned > 0,
  'award-before-approval': ({ approvedOn, awardedOn }) => approvedOn.some((day) => awardedOn < day),
  'award-in-future': ({ awardedOn, today }) => awardedOn > today,
} satisfies Rules<IssuingFacts>;

export const reasonsNotToIssue = (facts: IssuingFacts) => broken(rules, facts);

/** An approved row, as far as it matters whether it may have a certificate. */
export interface ApprovedRow {
  readonly rowId: string;
  readonly personId: string;
  readonly resultId: string;
  readonly certificateNumber: string | null;
}

/** What stands in the way: who has a certificate of this kind, which results have led to one, which numbers are used. */
export interface Standing {
  readonly persons: ReadonlySet<string>;
  readonly results: ReadonlySet<string>;
  readonly certificateNumbers: ReadonlySet<string>;
}

export type HoldReason = 'certificate-exists' | 'certificate-number-taken';

/** Parts the rows that get a number from those that must be left out; of two rows that exclude each other the first goes. */
export function sortOut<Row extends ApprovedRow>(rows: readonly Row[], standing: Standing) {
  const persons = new Set(standing.persons);
  const results = new Set(standing.results);
  const numbers = new Set(standing.certificateNumbers);
  const free: Row[] = [];
  const held: { rowId: string; reason: HoldReason }[] = [];
  for (const row of rows) {
    const { rowId, personId, resultId, certificateNumber } = row;
    if (persons.has(personId) || results.has(resultId)) held.push({ rowId, reason: 'certificate-exists' });
    else if (certificateNumber !== null && numbers.has(certificateNumber)) {
      held.push({ rowId, reason: 'certificate-number-taken' });
    } else {
      free.push(row);
      persons.add(personId);
      results.add(resultId);
      if (certificateNumber !== null) numbers.add(certificateNumber);
    }
  }
  return { free, held };
}

/** A certificate number that the issuer gives with the order to issue. */
export interface GivenNumber {
  readonly rowId: string;
  readonly number: string;
}

/** Numbers given for rows that are not to be issued, or twice for one row, or one number for two. */
export function faultsOfNumbers(given: readonly GivenNumber[], rows: ReadonlySet<string>) {
  const [seenRows, seenNumbers] = [new Set<string>(), new Set<string>()];
  return given.flatMap(({ rowId, number }) => {
    const faults = [
      ...(rows.has(rowId) ? [] : ['row-unknown']),
      ...(seenRows.has(rowId) ? ['row-repeated'] : []),
      ...(seenNumbers.has(number) ? ['certificate-number-taken'] : []),
    ];
    seenRows.add(rowId);
    seenNumbers.add(number);
    return faults.map((rule) => ({ reference: rowId, rule }));
  });
}

/** Numbers given just now that another certificate of the issuer has already. */
export const takenNumbers = (given: readonly GivenNumber[], taken: ReadonlySet<string>) =>
  given.flatMap(({ rowId, number }) =>
    taken.has(number) ? [{ reference: rowId, rule: 'certificate-number-taken' }] : [],
  );

/** A number given with the order goes before the one that was reported. */
export function numbered<Row extends ApprovedRow>(rows: readonly Row[], given: readonly GivenNumber[]): Row[] {
  const numbers = new Map(given.map(({ rowId, number }) => [rowId, number]));
  return rows.map((row) => ({ ...row, certificateNumber: numbers.get(row.rowId) ?? row.certificateNumber }));
}
