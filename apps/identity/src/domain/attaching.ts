import { broken, type Rules } from '@shuzheng/platform/rules';

export interface Span {
  readonly from: string;
  readonly to: string | null;
}

/** All that deciding on an attachment depends on. */
export interface AttachmentFacts extends Span {
  /** Where the person is at home, by kind of organisation. */
  readonly homeRole: string | undefined;
  readonly hostRole: string;
  /** What is declared already for this person and institution. */
  readonly declared: readonly Span[];
}

const authorities = ['department', 'city-bureau'];
const institutions = ['training-institution', 'evaluation-institution'];

const overlap = (one: Span, other: Span) =>
  one.from <= (other.to ?? '9999-12-31') && other.from <= (one.to ?? '9999-12-31');

const rules = {
  'attachment-not-department': ({ homeRole }) => homeRole === undefined || !authorities.includes(homeRole),
  'attachment-to-institution': ({ hostRole }) => !institutions.includes(hostRole),
  'dates-order': ({ from, to }) => to !== null && to < from,
  'attachment-overlaps': (facts) => facts.declared.some((one) => overlap(one, facts)),
} satisfies Rules<AttachmentFacts>;

/** The rules a declaration would break. */
export const reasonsNotToAttach = (facts: AttachmentFacts) => broken(rules, facts);

/** The rules ending an attachment on a day would break. */
export const reasonsNotToEnd = (facts: { readonly from: string; readonly to: string; readonly ended: boolean }) =>
  broken(
    {
      'attachment-ended': ({ ended }: typeof facts) => ended,
      'dates-order': ({ from, to }: typeof facts) => to < from,
    },
    facts,
  );
