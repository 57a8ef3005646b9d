import { join } from 'node:path';
import { remove, root, temporaryFolder } from '../../process.js';
import { acknowledged } from '../harness/acknowledged.js';
import { expectAtLeast, expectEqual, expectNone, type FaultContext } from '../harness/fault.js';
import { invariants } from '../harness/invariants.js';
import { Journal } from '../harness/journal.js';
import { Load } from '../harness/load.js';
import { furnish } from '../harness/province.js';
import { quiet } from '../harness/quiet.js';
import { checkOut, type Earlier, remove as takeBack } from './checkout.js';
import { Site } from './site.js';

/** A migration that waits too long for a lock gives up, leaves nothing half done, and is run again. */
const TRIES = 10;

/** The earlier version serves writes; the schemas are migrated under it; it serves on, and then this one takes over. */
export async function underWrites(context: FaultContext, { commit, refused, rebuilt }: Earlier) {
  const { say, amount, random } = context;
  const folder = temporaryFolder('faults-upgrade');
  const earlier = join(folder, 'earlier');
  let site: Site | undefined;
  let load: Load | undefined;
  try {
    checkOut(earlier, commit);
    site = await Site.open(folder);
    await prepared(site, earlier);
    await site.serve(earlier);
    const province = await furnish(site, folder);
    say(`  ${commit} serves, and its province is made`);

    const journal = new Journal(join(folder, 'journal.jsonl'));
    load = new Load({ callers: site.callers, province, journal, random, writers: 6 });
    const commands = amount('commands', 150, 30);
    await load.progress(commands);
    const [before, tries] = [load.acked, await migrated(site)];
    say(`  migrated in ${tries} tries, while ${load.acked - before} commands were acknowledged`);
    // Who is refused what the earlier version cannot do any more repeats it until this version is there.
    if (refused.length === 0) await load.progress(commands);
    say(
      `  ${commit} serves on the new schemas: ${load.acked} acknowledged, ${load.unknown} without an answer that counts`,
    );
    expectEqual('the earlier version stops in order', 0, await site.end());
    await site.makeKeys(root);
    await site.serve(root);
    await load.progress(commands);
    await load.stop();
    if (rebuilt.length > 0)
      expectEqual('the rebuild that the upgrade asks for', 0, await site.rebuild(root, ...rebuilt));
    await quiet(site);
    journal.close();
    say(`  ${await acknowledged(site, journal)} acknowledged commands are there once each; ${load.counts()}`);
    await invariants(site);
    expectNone('refusals that nothing explains', load.refusals);
    const unnamed = load.impolite.filter(({ kind }) => !refused.includes(kind));
    expectNone('I12 answers that were no polite refusals', unnamed);
    // What is named and does work is named no longer.
    for (const kind of refused)
      expectAtLeast(
        `answers of ${commit} that refused ${kind}`,
        1,
        load.impolite.filter((one) => one.kind === kind).length,
      );
    expectAtLeast('commands acknowledged under the migration', 1, load.acked - before);
  } finally {
    await load?.abandon();
    await site?.close();
    takeBack(earlier);
    if (!process.env['FAULTS_KEEP']) remove(folder);
  }
}

async function prepared(site: Site, version: string) {
  expectEqual('the keys of the earlier version', 0, await site.makeKeys(version));
  expectEqual('the migration of the earlier version', 0, await site.migrate(version));
}

async function migrated(site: Site): Promise<number> {
  for (let tries = 1; tries <= TRIES; tries++) if ((await site.migrate(root)) === 0) return tries;
  throw new Error(`the migration was refused ${TRIES} times while the earlier version served`);
}
