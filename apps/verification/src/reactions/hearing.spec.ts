import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { forget, sql } from '@shuzheng/platform';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { verification } from '../index.js';
import { type AnyCertificate, Certification } from '../testing/certificates.js';

const service = new ServiceUnderTest(verification);
beforeAll(() => service.start());
afterAll(() => service.stop());

const certification = new Certification(service);
const withCode = async ({ number, code }: AnyCertificate) =>
  (await service.stranger.post('/lookups', { number, code })).body;
const withName = async ({ number }: AnyCertificate, name: string) =>
  (await service.stranger.post('/lookups', { number, name })).body;

it('A42 shows the new version under the same number, with the award date unchanged', async () => {
  const certificate = await certification.issued(certification.aCertificate('王方'));
  await service.deliver([certification.correcting(certificate, '李芳')]);

  expect(await withCode(certificate)).toMatchObject({
    ...{ outcome: 'corrected', words: '已更正', version: 2, correctedOn: '2026-02-20', awardedOn: '2026-02-12' },
    maskedName: '李*',
    versions: [
      { version: 1, kind: 'issued', since: '2026-02-12' },
      { version: 2, kind: 'typo', since: '2026-02-20' },
    ],
  });
  expect(await withName(certificate, '李芳')).toMatchObject({ outcome: 'corrected', matchedVersion: 2 });
  expect(await withName(certificate, '王方')).toMatchObject({ outcome: 'corrected', matchedVersion: 1 });
});

it('A43 says that a certificate is revoked as soon as the event is delivered, and never why', async () => {
  const certificate = await certification.issued();
  await service.deliver([certification.revoking(certificate)]);

  const answer = await withCode(certificate);

  expect(answer).toMatchObject({ outcome: 'revoked', words: '已撤销', revokedOn: '2026-02-25' });
  expect(JSON.stringify(answer)).not.toContain('fraud');
  const kept = await service.query('select * from certificate');
  expect(JSON.stringify(kept)).not.toContain('fraud');
});

it('says that a certificate is suspended, and that it was reinstated, as soon as it hears so, and never why', async () => {
  const certificate = await certification.issued();
  await service.deliver([certification.suspending(certificate)]);
  const suspended = await withCode(certificate);
  await service.deliver([certification.reinstating(certificate)]);
  const reinstated = await withCode(certificate);
  await service.deliver([certification.suspending(certificate, '2026-02-26')]);

  expect(suspended).toMatchObject({ outcome: 'suspended', words: '已暂停', suspendedOn: '2026-02-21' });
  expect(JSON.stringify(suspended)).not.toContain('investigation');
  expect(reinstated).toMatchObject({ outcome: 'valid', suspendedOn: null, reinstatedOn: '2026-02-24' });
  expect(reinstated.sentence).toContain('已于 2026-02-24 恢复');
  expect(await withCode(certificate)).toMatchObject({
    outcome: 'suspended',
    suspendedOn: '2026-02-26',
    reinstatedOn: null,
  });
});

it('points from a replaced certificate to the new one, and gives its number only to who has code or name', async () => {
  const [old, other] = [await certification.issued(), await certification.issued()];
  await service.deliver([certification.revoking(old), certification.replacing(old, other)]);

  const wrong = (await service.stranger.post('/lookups', { number: old.number, code: 'AAAA' })).text;

  expect(await withCode(old)).toMatchObject({
    ...{ outcome: 'replaced', words: '已换发', replacedOn: '2026-02-27', replacedBy: other.number },
    revokedOn: '2026-02-25',
  });
  expect(wrong).not.toContain(other.number);
  expect(wrong).not.toContain('换发');
});

it('points to the new certificate once that is here, in whatever order the two become known', async () => {
  const [old, successor] = [await certification.issued(), certification.aCertificate()];
  const early = [certification.revoking(old), certification.replacing(old, successor)];
  await service.deliver(early).catch(() => undefined);
  expect(await withCode(old)).toMatchObject({ outcome: 'revoked', replacedBy: null });

  await service.deliver([certification.issuing(successor)]).catch(() => undefined);

  await eventually(async () =>
    expect(await withCode(old)).toMatchObject({ outcome: 'replaced', replacedBy: successor.number }),
  );
  expect((await withCode(old)).sentence).toContain(successor.number);
  expect(await withCode(successor)).toMatchObject({ outcome: 'valid' });
});

it('keeps the last of several corrections that arrive together', async () => {
  const certificate = certification.aCertificate('赵一');
  const messages = [
    certification.issuing(certificate),
    certification.correcting(certificate, '赵二', 2),
    certification.correcting(certificate, '钱三', 3),
  ];
  await service['running'].consumer.apply('certification', messages);

  expect(await withCode(certificate)).toMatchObject({ version: 3, maskedName: '钱*' });
});

it('is the same after it was emptied and has heard everything again', async () => {
  const [corrected, revoked] = [certification.aCertificate('孙甲'), certification.aCertificate('周乙')];
  const stopped = certification.aCertificate('吴丙');
  const messages = [
    certification.issuing(corrected),
    certification.issuing(revoked),
    certification.correcting(corrected, '孙乙'),
    certification.revoking(revoked),
    certification.replacing(revoked, corrected),
    certification.issuing(stopped),
    certification.suspending(stopped),
    certification.reinstating(stopped),
  ];
  await empty();
  await service.deliver(messages);
  const before = await content();

  await empty();
  expect((await content()).certificates).toEqual([]);
  await service.deliver(messages);
  await service.deliver(messages);

  expect(await content()).toEqual(before);
  expect(before.certificates).toHaveLength(3);
});

it('stores no name in the clear', async () => {
  await certification.issued(certification.aCertificate('独孤求败'));

  const tables = ['certificate', 'certificate_version', 'held', 'audit'];
  const stored = await Promise.all(
    tables.map((table) => service.query(`select row_to_json(t) as row from ${table} t`)),
  );

  expect(JSON.stringify(stored)).not.toContain('求败');
});

const empty = () =>
  forget(service.db, 'certification', async (tx) => {
    await sql(tx, 'delete from certificate_version');
    await sql(tx, 'delete from certificate');
  });

/** Everything but when it was heard. */
const content = async () => ({
  certificates: await service.query(
    `select to_jsonb(certificate) - 'heard_at' as row from certificate order by registry_number`,
  ),
  versions: await service.query('select * from certificate_version order by registry_number, version'),
});

async function eventually(check: () => Promise<unknown>) {
  for (let tries = 0; ; tries++) {
    try {
      return await check();
    } catch (error) {
      if (tries >= 60) throw error;
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  }
}
