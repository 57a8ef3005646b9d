import { Client, type Problem, runJourney, UnexpectedAnswer, until, World } from '@shuzheng/all-in-one';
import { shanghaiDay } from '@shuzheng/regulation';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export { Client, type Problem, UnexpectedAnswer, until };

export const samples = fileURLToPath(new URL('../../samples', import.meta.url));

/** Takes the sample journey through a registry that runs at `url`; what it said comes with it. */
export async function travelled(url: string, { keys, folder }: { keys: string; folder: string }) {
  const said: string[] = [];
  const world = await runJourney({
    url,
    today: shanghaiDay(new Date()),
    progressFile: join(folder, 'journey.json'),
    samples,
    bootstrapCode: () => readFileSync(join(keys, 'bootstrap.code'), 'utf8').trim(),
    say: (line) => said.push(line),
  });
  return { world, said };
}

/** What a refusal says: its status and the codes of its reasons. */
export async function refusalOf(
  asked: Promise<unknown>,
): Promise<{ status: number; codes: string[]; problem: Problem }> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof UnexpectedAnswer)) throw error;
    const { status, problem } = error;
    return { status, codes: problem.reasons?.map(({ code }) => code) ?? [problem.code ?? ''], problem };
  }
  throw new Error('it was not refused');
}

/** What must be true of a registry that the journey went through, whatever carried its events. */
export async function outcome(world: World) {
  const officer = world.as('demo-hr-officer');
  const chain = await until(
    () => officer.get<Record<string, number>>('oversight/chain'),
    ({ issued }) => (issued ?? 0) >= 23,
    'the chain has heard of all certificates',
  );
  const clocks = await officer.get<{ items: { kind: string; state: string }[] }>('oversight/clocks', { limit: '50' });
  const certificates = await officer.get<{ items: { registryNumber: string; state: string }[]; total: number }>(
    'certification/certificates',
    {
      limit: '200',
      sort: 'registryNumber',
    },
  );
  return { chain, clocks: clocks.items, certificates };
}
