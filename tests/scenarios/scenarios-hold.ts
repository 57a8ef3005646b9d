import { afterAll, beforeAll, describe } from '@jest/globals';
import { accessHolds } from './access.js';
import { aReportedBatch, type Life } from './a-life.js';
import { certificatesHold } from './certificates.js';
import { confirmationHolds } from './confirmation.js';
import { digestsHold } from './digests.js';
import { resultsHold } from './results.js';
import type { Scene } from './scene.js';
import { standingHolds } from './standing.js';
import { trainingHolds } from './training.js';

/** The acceptance scenarios in which services act on what others have said, for whichever way the events travel. */
export function scenariosHold(how: string, opened: () => Scene | undefined) {
  const there = () => {
    const scene = opened();
    if (!scene) throw new Error('the registry did not open');
    return scene;
  };
  accessHolds(there);
  trainingHolds(there);
  resultsHold(there);
  describe('one batch', () => {
    const lives: { life?: Life } = {};
    const life = () => {
      if (!lives.life) throw new Error('the batch was not reported');
      return lives.life;
    };
    beforeAll(async () => {
      lives.life = await aReportedBatch(there());
    }, 120_000);
    confirmationHolds(there, life);
    certificatesHold(there, life);
  });
  standingHolds(there);
  digestsHold(there);

  // How long it took is told, and not judged: the machine may be busy.
  afterAll(() => {
    for (const [what, services] of Object.entries(opened()?.figures ?? {})) {
      const each = Object.entries(services).map(([service, ms]) => `${service} ${ms} ms`);
      process.stderr.write(`${how}, ${what}: ${each.join(', ')}\n`);
    }
  });
}
