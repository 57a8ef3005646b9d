import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { asSuperuser, ServiceUnderTest } from '@shuzheng/platform/testing';
import { verification } from '../index.js';
import { type AnyCertificate, Certification } from '../testing/certificates.js';

const service = new ServiceUnderTest(verification);
beforeAll(() => service.start());
afterAll(() => service.stop());

const certification = new Certification(service);
const lookUp = (body: object) => service.stranger.post('/lookups', body);
const withCode = ({ number, code }: AnyCertificate) => lookUp({ number, code });

const publicFields = [
  ...['outcome', 'words', 'sentence', 'checkedAt', 'dataTime', 'registryNumber', 'maskedName', 'occupationCode'],
  ...['occupationName', 'edition', 'level', 'direction', 'issuerId', 'issuer', 'awardedOn', 'version', 'correctedOn'],
  ...['suspendedOn', 'reinstatedOn', 'revokedOn', 'replacedOn', 'replacedBy', 'versions'],
];

it('A45 shows a stranger the public fields by check code, and the full set by the holder’s name', async () => {
  const certificate = await certification.issued();

  const byCode = await withCode(certificate);
  const byName = await lookUp({ number: certificate.number, name: '买买提•阿卜杜拉' });
  const byNumberAlone = await lookUp({ number: certificate.number });

  expect([byCode.status, byCode.body.outcome, byCode.body.words]).toEqual([200, 'valid', '有效']);
  expect(Object.keys(byCode.body).sort()).toEqual([...publicFields].sort());
  expect(byCode.body).toMatchObject({
    registryNumber: certificate.number,
    maskedName: '买**',
    awardedOn: '2026-02-12',
  });
  expect(byName.body).toMatchObject({
    ...{ name: '买买提•阿卜杜拉', examOn: '2026-01-10', approvedOn: '2026-02-10', certificateNumber: 'HY-2026-001' },
  });
  expect([byNumberAlone.status, byNumberAlone.body.faults[0].rule]).toEqual([400, 'code-or-name-missing']);
});

it('reads number and code however they are typed', async () => {
  const { number } = await certification.issued(certification.aCertificate('王芳', '01V7'));

  const typed = await lookUp({ number: number.replaceAll('-', ' '), code: ' ｏlu7 ' });
  const inAddress = await service.stranger.get(`/certificates/${number.replaceAll('-', '')}`, { code: 'oiu7' });

  expect([typed.body.outcome, inAddress.body.outcome]).toEqual(['valid', 'valid']);
});

it('answers an unknown number, a wrong code and a wrong name alike', async () => {
  const certificate = await certification.issued();
  const { number, code } = certificate;

  const answers = [
    await lookUp({ number: certification.aCertificate().number, code }),
    await lookUp({ number, code: '7KQ1' }),
    await lookUp({ number, code: '太长的校验码' }),
    await lookUp({ number, name: '买买提' }),
    await lookUp({ number, code, name: '别人' }),
    await lookUp({ number, code: '7KQ1', name: certificate.name }),
    await lookUp({ number, name: '···' }),
  ];

  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(answers[0]?.body).toMatchObject({ outcome: 'not-found', words: '查无此证' });
  expect(answers[0]?.body.likelyCauses).toHaveLength(3);
});

it('takes a name from no address', async () => {
  const { number, name } = await certification.issued();

  const named = await service.stranger.get(`/certificates/${number}`, { name });
  const both = await service.stranger.get(`/certificates/${number}`, { name, code: '7KQ0' });

  expect([named.status, both.status]).toEqual([400, 400]);
});

it('A48 answers with nobody else running, and says as of when', async () => {
  service.clock.set('2026-03-02T10:00:00+08:00');
  const certificate = await certification.issued();
  service.clock.set('2026-03-02T12:30:00+08:00');

  const { body } = await withCode(certificate);

  expect(body).toMatchObject({
    outcome: 'valid',
    dataTime: '2026-03-02T10:00:00.000+08:00',
    checkedAt: '2026-03-02T12:30:00.000+08:00',
  });
});

it('A46 tells a wrong number by its check digits alone: the database is not asked', async () => {
  const { number, code } = await certification.issued();
  const wrong = number.slice(0, -1) + String((Number(number.at(-1)) + 1) % 10);
  const database = new URL(service.config.databaseUrl).pathname.slice(1);
  await asSuperuser((client) => client.query('alter table verification.certificate rename to away'), database);

  const [inBody, inAddress, shapeless, right] = [
    await lookUp({ number: wrong, code }),
    await service.stranger.get(`/certificates/${wrong}`, { code }),
    await lookUp({ number: '证书号', code }),
    await lookUp({ number, code }),
  ];
  await asSuperuser((client) => client.query('alter table verification.away rename to certificate'), database);

  expect([inBody.status, inBody.body.code, inBody.body.title]).toEqual([
    422,
    'registry-number-check',
    '登记号的校验位不符，有数字输错了',
  ]);
  expect([inAddress.status, inAddress.body.code]).toEqual([422, 'registry-number-check']);
  expect([shapeless.status, shapeless.body.code]).toEqual([422, 'registry-number-format']);
  expect(right.status).toBe(500);
});

it('answers what is no JSON or too large as the interface document says', async () => {
  const send = (type: string, body: string) =>
    fetch(`${service.url}/api/v1/verification/lookups`, { method: 'POST', headers: { 'content-type': type }, body });
  const answers = [
    await send('application/xml', '<number/>'),
    await send('application/json', '{"number":'),
    await send('application/json', JSON.stringify({ number: 'x'.repeat(1_100_000) })),
  ];

  expect(answers.map(({ status }) => status)).toEqual([415, 400, 413]);
});
