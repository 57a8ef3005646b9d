import { expect } from '@jest/globals';
import { anExamPlan, type Learner, type World } from './a-world.js';

/** A session is open, on 10 and 11 March unless the test says otherwise. */
export async function aSession(
  world: World,
  { theoryOn = '2026-03-10', abilityOn = '2026-03-11', seats = 40 } = {},
): Promise<string> {
  const planId = await anExamPlan(world);
  const body = { planId, theoryOn, abilityOn, site: '济南市考核站点', seats };
  return created(await world.preparer.post('/sessions', body)).sessionId;
}

interface Ids {
  readonly sessionId: string;
  readonly applicationId: string;
  readonly reportId: string;
}

/** What was answered, when it went well; what went wrong, otherwise. */
export function created<Body = Ids>({ status, body }: { status: number; body: unknown }): Body {
  expect({ status, body }).toMatchObject({ status: 201 });
  return body as Body;
}

export async function commitmentOf({ service }: World) {
  const { body } = await service.stranger.get('/commitment');
  return { commitmentVersion: body.version as string, commitmentSha256: body.sha256 as string };
}

export const applying = async (world: World, sessionId: string, learner: Learner, more: object = {}) =>
  learner.caller.post('/applications', {
    sessionId,
    classId: world.classId,
    condition: 2,
    accepted: true,
    ...(await commitmentOf(world)),
    ...more,
  });

export interface Sitting {
  readonly sessionId: string;
  /** By the learner's name. */
  readonly applications: ReadonlyMap<string, string>;
  readonly admissions: ReadonlyMap<string, string>;
}

/** All learners, or those that are given, have applied and may sit. */
export async function aQualifiedSession(
  world: World,
  learners: readonly Learner[] = world.learners,
  days: { theoryOn?: string; abilityOn?: string } = {},
): Promise<Sitting> {
  const sessionId = await aSession(world, days);
  const applications = new Map<string, string>();
  for (const learner of learners) {
    const { applicationId } = created(await applying(world, sessionId, learner));
    applications.set(learner.name, applicationId);
  }
  const decisions = [...applications.values()].map((applicationId) => ({ applicationId, qualified: true }));
  created(await world.preparer.post(`/sessions/${sessionId}/qualify`, { decisions }));
  const numbers = await world.service.query<{ id: string; number: string }>(
    'select id, admission_number as number from application where session_id = $1',
    [sessionId],
  );
  const numberOf = new Map(numbers.map(({ id, number }) => [id, number]));
  const admissions = new Map([...applications].map(([name, id]) => [name, numberOf.get(id) ?? '']));
  return { sessionId, applications, admissions };
}

/** The exam is over: marks may be handed in. */
export async function aSatSession(world: World, learners: readonly Learner[] = world.learners): Promise<Sitting> {
  const sitting = await aQualifiedSession(world, learners);
  world.service.clock.set('2026-03-11T18:00:00+08:00');
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/close-exam`));
  return sitting;
}

/** Marks for everybody: the same for all, unless the test gives somebody others. */
export const marksFor = ({ admissions }: Sitting, others: Record<string, object> = {}) =>
  [...admissions].map(([name, admissionNumber]) => ({
    admissionNumber,
    ...(others[name] ?? { theory: 80, ability: 75.5 }),
  }));

/** Results for everybody are recorded, and released by another person. */
export async function aReleasedSession(world: World, others: Record<string, object> = {}): Promise<Sitting> {
  const sitting = await aSatSession(world);
  created(await world.preparer.post(`/sessions/${sitting.sessionId}/results`, { results: marksFor(sitting, others) }));
  created(await world.approver.post(`/sessions/${sitting.sessionId}/release`));
  return sitting;
}
