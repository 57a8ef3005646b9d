import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { sha256 } from '@shuzheng/platform';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { assessment } from '../index.js';
import { applying, aQualifiedSession, aSatSession, aSession, created } from '../testing/a-session.js';
import { aWorld, names, type World } from '../testing/a-world.js';
import { codes } from '../testing/reports.js';

const service = new ServiceUnderTest(assessment);
beforeAll(() => service.start());
beforeEach(() => service.clock.set('2026-03-02T09:00:00+08:00'));
afterAll(() => service.stop());

const rooms = [
  { room: '101', seats: 2 },
  { room: '102', seats: 4 },
];
const seat = (world: World, sessionId: string, body: object = { rooms }) =>
  world.preparer.post(`/sessions/${sessionId}/seating`, body);
const seatsOf = async (world: World, sessionId: string) =>
  (await world.preparer.get(`/sessions/${sessionId}/seating`, { sort: 'admissionNumber' })).body.items as {
    admissionNumber: string;
    room: string;
    seat: number;
  }[];

it('seats everybody by lots that anybody with the seed can draw again', async () => {
  const world = await aWorld(service, { people: names(5) });
  const { sessionId, applications } = await aQualifiedSession(world);

  expect(created<object>(await seat(world, sessionId))).toMatchObject({ seated: 5, version: 1 });

  const seats = await seatsOf(world, sessionId);
  const [{ seed }] = (await service.query('select seed from session_seating where session_id = $1', [sessionId])) as [
    { seed: string },
  ];
  const drawn = [...seats].sort((a, b) =>
    sha256(`${seed}|${a.admissionNumber}`) < sha256(`${seed}|${b.admissionNumber}`) ? -1 : 1,
  );
  expect(drawn.map(({ room, seat }) => `${room}-${seat}`)).toEqual(['101-1', '101-2', '102-1', '102-2', '102-3']);
  const [learner, other] = world.learners;
  const slip = `/applications/${applications.get(learner.name)}/slip`;
  expect((await learner.caller.get(slip)).body).toMatchObject({
    ...{ name: learner.name, room: expect.stringMatching(/^10[12]$/), theoryOn: '2026-03-10', address: null },
  });
  expect((await learner.caller.get(slip)).body.maskedNumber).toContain('***');
  expect((await other.caller.get(slip)).status).toBe(404);
  expect(created<object>(await seat(world, sessionId, {}))).toMatchObject({ version: 2 });
  expect(new Set((await seatsOf(world, sessionId)).map(({ room }) => room))).toEqual(new Set(['1']));
});

it('prints the admission list for the institution alone, and records that it did', async () => {
  const [world, other] = [await aWorld(service), await aWorld(service)];
  const { sessionId } = await aQualifiedSession(world);
  created(await seat(world, sessionId));

  const bytes = await world.preparer.download(`/sessions/${sessionId}/admission-list.xlsx`);

  expect(bytes.subarray(0, 2).toString()).toBe('PK');
  expect((await other.preparer.get(`/sessions/${sessionId}/admission-list.xlsx`)).status).toBe(404);
  expect((await other.preparer.get(`/sessions/${sessionId}/seating`)).status).toBe(404);
});

it('seats nobody before everybody was decided about, nor with too few seats, nor after the exam', async () => {
  const world = await aWorld(service);
  const sessionId = await aSession(world);
  expect(codes(await seat(world, sessionId))).toEqual([422, 'nobody-to-seat']);
  created(await applying(world, sessionId, world.learners[0]));
  expect(codes(await seat(world, sessionId))).toEqual([422, 'qualification-undecided']);

  const { sessionId: other } = await aQualifiedSession(world);
  const twice = {
    rooms: [
      { room: '1', seats: 1 },
      { room: '1', seats: 1 },
    ],
  };
  expect(codes(await seat(world, other, twice))).toEqual([422, 'room-repeated', 'seats-too-few']);
  const { sessionId: sat } = await aSatSession(await aWorld(service).then((one) => Object.assign(world, one)));
  expect(codes(await seat(world, sat))).toEqual([422, 'session-not-open']);
});
