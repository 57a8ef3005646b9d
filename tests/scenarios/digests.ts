import { expect, it } from '@jest/globals';
import { dueAfterDays, seedCalendar } from '@shuzheng/regulation';
import { aRunningClass, completeClass } from './a-class.js';
import { type Scene, until } from './scene.js';

interface Digest {
  readonly day: string;
  readonly items: readonly { readonly subjectId: string; readonly moment: string }[];
}

/** The message of the morning: A26. It is last, because the job of a day that is over does not run again. */
export function digestsHold(there: () => Scene) {
  it('A26 one message a day lists all that is due, and the job that runs again sends nothing again', async () => {
    const scene = there();
    const by = await scene.institution('沂山');
    const ends = twoDaysThatAreDueOneAfterTheOther(scene);
    const classes: string[] = [];
    for (const end of [ends, ends, ends - 1]) {
      const one = await aRunningClass(scene, { by, starts: end + 10, ends: end });
      await completeClass(scene, one);
      classes.push(one.classId);
    }
    const [one, other, next] = classes;
    // The message of a morning tells what oversight has heard of by then.
    await until(
      () => scene.items<{ subjectId: string }>(by.head, 'oversight/clocks'),
      (clocks) => classes.every((id) => clocks.some(({ subjectId }) => subjectId === id)),
      'oversight has heard of the three classes',
    );
    const due = ends - 30;
    const morning = async (back: number, expected: number) => {
      await scene.at(back, '07:30:00');
      const digests = await until(
        () => scene.items<Digest>(by.head, 'oversight/digests/mine'),
        (found) => found.length === expected,
        `message ${expected}`,
      );
      return digests.map(({ day, items }) => [
        day,
        items.map(({ subjectId, moment }) => `${subjectId} ${moment}`).sort(),
      ]);
    };
    const both = (moment: string) => [`${one} ${moment}`, `${other} ${moment}`].sort();

    expect(await morning(due + 3, 1)).toEqual([[scene.day(due + 3), both('three-days-left')]]);
    // The next morning the job runs again: the third class is told of, and of the first two nothing more.
    expect((await morning(due + 2, 2))[0]).toEqual([scene.day(due + 2), [`${next} three-days-left`]]);
    expect((await morning(due + 1, 3))[0]).toEqual([scene.day(due + 1), both('one-day-left')]);
    expect((await morning(due, 4))[0]).toEqual([scene.day(due), [`${next} one-day-left`]]);
    await scene.post(by.head, `enrollment/classes/${one}/training-report`);
    await until(
      () => scene.items<{ state: string }>(by.head, 'oversight/clocks', { subjectId: one ?? '' }),
      ([clock]) => clock?.state === 'stopped-on-time',
      'oversight has heard of the report',
    );
    expect((await morning(due - 1, 5))[0]).toEqual([scene.day(due - 1), [`${other} one-day-past`]]);
  });
}

/** The later of two days, both some time ago, whose thirty days end on a working day, one after the other. */
function twoDaysThatAreDueOneAfterTheOther(scene: Scene): number {
  const isExact = (back: number) => {
    const { raw, effective } = dueAfterDays(seedCalendar, scene.day(back), 30);
    return raw === effective;
  };
  for (let back = 64; back > 36; back--) if (isExact(back) && isExact(back - 1)) return back;
  throw new Error('no two days are due one after the other');
}
