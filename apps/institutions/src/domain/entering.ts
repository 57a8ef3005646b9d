import { broken, type Rules } from '@shuzheng/platform/rules';
import { type Level, levels as known } from '@shuzheng/regulation';

/** All that deciding on a new directory entry depends on. */
export interface EnteringFacts {
  readonly organisationRole: string;
  readonly role: string;
  readonly occupationKnown: boolean;
  /** Null where the directory does not tell levels apart. */
  readonly levels: readonly string[] | null;
  readonly from: string;
  readonly to: string | null;
  readonly overlaps: boolean;
  /** The organisation has ended, or its end is recorded. */
  readonly ended: boolean;
}

const isLevel = (text: string): text is Level => (known as readonly string[]).includes(text);

/** The levels lowest first, each once: two entries about the same read the same. */
export const inOrder = (levels: readonly string[] | null) =>
  levels && known.filter((level) => levels.includes(level)).join(',');

const rules = {
  'organisation-is-ended': ({ ended }) => ended,
  'directory-role-mismatch': ({ role, organisationRole }) => organisationRole !== `${role}-institution`,
  'occupation-unknown': ({ occupationKnown }) => !occupationKnown,
  'level-unknown': ({ levels }) => levels !== null && (levels.length === 0 || !levels.every(isLevel)),
  'dates-order': ({ from, to }) => to !== null && to < from,
  'directory-entry-overlaps': ({ overlaps }) => overlaps,
} satisfies Rules<EnteringFacts>;

/** The rules a new directory entry would break. */
export const reasonsNotToEnter = (facts: EnteringFacts) => broken(rules, facts);
