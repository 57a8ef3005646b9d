import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Uuid } from '@shuzheng/contracts';
import { Database, type Listing, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import {
  candidateIs,
  candidates,
  candidateSince,
  candidateState,
  traineeIs,
  trainees,
  traineeState,
} from '../data/chain-links.js';
import { ChainPerson } from '../data/chain-view.js';
import { type ExamLink, isTrainingLink, type Link, type TrainingLink } from '../domain/chain.js';
import { personStates, waiters } from '../domain/turns.js';

export const ChainPersonPage = PageOf(ChainPerson);

export class ChainLinkFilter extends SortedBy('since', 'classId') {
  @Uuid({ optional: true }) readonly planId?: string;
  @Uuid({ optional: true }) readonly classId?: string;
  @Uuid({ optional: true, description: '考核批次；培训环节没有批次' }) readonly sessionId?: string;
  @Uuid({ optional: true, description: '证书数据批次' }) readonly batchId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
}

/** Who is behind a number of the chain? */
export class ListChainLink extends Query<Page<ChainPerson>> {
  constructor(
    readonly link: Link,
    readonly filter: ChainLinkFilter,
  ) {
    super();
  }
}

type Row = Omit<ChainPerson, 'title' | 'waitsFor' | 'waitsForTitle'>;

@QueryHandler(ListChainLink)
export class ListChainLinkHandler implements IQueryHandler<ListChainLink> {
  constructor(private readonly db: Database) {}

  async execute({ link, filter }: ListChainLink) {
    const listing = isTrainingLink(link) ? ofTrainees(link, filter) : ofCandidates(link, filter);
    const { items, ...rest } = await page<Row & Record<string, unknown>>(this.db, listing, filter);
    return { ...rest, items: items.map((person) => ({ ...person, ...saidOf(person.state) })) };
  }
}

function saidOf(state: string) {
  const { title, waitsFor } = personStates[state] ?? { title: state, waitsFor: null };
  return { title, waitsFor, waitsForTitle: waitsFor && waiters[waitsFor] };
}

const masked = (column: string) => `left(${column}::text, 4) || '****'`;

const ofTrainees = (link: TrainingLink, filter: ChainLinkFilter): Listing => ({
  columns: {
    id: 'trainee.enrolment_id',
    person: masked('trainee.person_id'),
    classId: 'trainee.class_id',
    sessionId: 'null::uuid',
    batchId: 'null::uuid',
    organisationId: 'trainee.organisation_id',
    state: `(${traineeState})`,
    since: 'trainee.since',
  },
  from: trainees,
  where: [
    [`(${traineeIs[link]}) and ?::boolean`, true],
    ['trainee.plan_id = ?', filter.planId],
    ['trainee.class_id = ?', filter.classId],
    ['?::uuid is null', filter.sessionId ?? filter.batchId],
    ['trainee.organisation_id = ?', filter.organisationId],
  ],
});

const ofCandidates = (link: ExamLink, filter: ChainLinkFilter): Listing => ({
  columns: {
    id: 'candidate.application_id',
    person: masked('candidate.person_id'),
    classId: 'candidate.class_id',
    sessionId: 'candidate.session_id',
    batchId: 'data_row.batch_id',
    organisationId: 'candidate.organisation_id',
    state: `(${candidateState})`,
    since: `(${candidateSince})`,
  },
  from: candidates,
  where: [
    [`(${candidateIs[link]}) and ?::boolean`, true],
    ['candidate.plan_id = ?', filter.planId],
    ['candidate.class_id = ?', filter.classId],
    ['candidate.session_id = ?', filter.sessionId],
    ['data_row.batch_id = ?', filter.batchId],
    ['candidate.organisation_id = ?', filter.organisationId],
  ],
});
