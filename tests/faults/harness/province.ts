import { steps, World } from '@shuzheng/all-in-one';
import { shanghaiDay } from '@shuzheng/regulation';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from '../../journeys/journey.js';

/** Where the load works: who works there, and the plans on file that its classes belong to. */
export interface Province {
  readonly world: World;
  readonly planIds: readonly string[];
  readonly evaluation: string;
  readonly startsOn: string;
  readonly endsOn: string;
}

/** The most that a plan may have. A load of twenty minutes fills one. */
const SEATS = 10_000;
const PLANS = 5;
/** Up to the institutions and their accounts: what comes then, the load does by itself and many times. */
const FURNITURE = 4;

/** Institutions, accounts, and a few large plans on file, by the public interface. */
export async function furnish({ url, keys }: { url: string; keys: string }, folder: string): Promise<Province> {
  const world = new World({
    url,
    today: shanghaiDay(new Date()),
    progressFile: join(folder, 'journey.json'),
    samples,
    bootstrapCode: () => readFileSync(join(keys, 'bootstrap.code'), 'utf8').trim(),
    say: () => {},
  });
  for (const [i, step] of steps.slice(0, FURNITURE).entries()) {
    world.begin(i + 1);
    await step.run(world);
  }
  const [startsOn, endsOn] = [world.daysBack(135), world.daysBack(100)];
  const planIds: string[] = [];
  for (let nth = 0; nth < PLANS; nth++) planIds.push(await filedPlan(world, nth, startsOn, endsOn));
  return { world, planIds, evaluation: world.recall('evaluation'), startsOn, endsOn };
}

/** A plan of which both offices have given their receipts, and which is announced. */
async function filedPlan(world: World, nth: number, startsOn: string, endsOn: string): Promise<string> {
  const [preparer, approver] = [world.as('demo-ti-preparer'), world.as('demo-ti-approver')];
  const { planId } = await preparer.post<{ planId: string }>(
    'enrollment/training-plans',
    {
      subject: {
        occupationCode: '2-02-38-05',
        edition: '2021年版',
        level: 'junior',
        direction: '智能装备与产线应用',
      },
      plannedSeats: SEATS,
      startsOn,
      endsOn,
      venueCityCode: '370100',
      venueAddress: '济南市历下区演示路 1 号',
      courseBook: '智能制造工程技术人员（初级）培训教程',
      outlineEdition: '演示',
    },
    { key: `furnish-plan-${nth}` },
  );
  await approver.post(`enrollment/training-plans/${planId}/file`, {}, { key: `furnish-file-${nth}` });
  for (const officer of ['demo-hr-officer', 'demo-city-officer']) {
    const receipt = { kind: 'training', version: 1 };
    await world
      .as(officer)
      .post(`enrollment/filings/${planId}/receipts`, receipt, { key: `furnish-receipt-${officer}-${nth}` });
  }
  const text = world.sample('announcement.txt').toString();
  await preparer.post('enrollment/announcements', { planId, text }, { key: `furnish-announcement-${nth}` });
  return planId;
}
