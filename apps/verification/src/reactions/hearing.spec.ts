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
  const messages = [
    certification.issuing(corrected),
    certification.issuing(revoked),
    certification.correcting(corrected, '孙乙'),
    certification.revoking(revoked),
  ];
  await empty();
  await service.deliver(messages);
  const before = await content();

  await empty();
  expect((await content()).certificates).toEqual([]);
  await service.deliver(messages);
  await service.deliver(messages);

  expect(await content()).toEqual(before);
  expect(before.certificates).toHaveLength(2);
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
