import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { gunzipSync } from 'node:zlib';
import { verification } from '../index.js';
import { Certification } from '../testing/certificates.js';

const service = new ServiceUnderTest(verification);
beforeAll(() => service.start());
afterAll(() => service.stop());

const certification = new Certification(service);
const listed = (purpose: string, list: number | string = 0) => service.stranger.get(`/status-lists/${list}/${purpose}`);

/** Which places of a published list are set. */
async function placesOf(purpose: string) {
  const { body } = await listed(purpose);
  const encoded = String(body.credentialSubject.encodedList);
  const bits = gunzipSync(Buffer.from(encoded.slice(1), 'base64url'));
  expect(bits).toHaveLength(131_072 / 8);
  return Array.from({ length: bits.length * 8 }, (_, i) => i).filter((i) => ((bits[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
}

const placeOf = async ({ number }: { number: string }) =>
  Number(
    (await service.query('select status_index as place from certificate where registry_number = $1', [number]))[0]?.[
      'place'
    ],
  );

it('publishes one bit for each revoked and each suspended certificate, under the address that credentials name', async () => {
  const [revoked, suspended, reinstated, replaced] = [
    await certification.issued(),
    await certification.issued(),
    await certification.issued(),
    await certification.issued(),
  ];
  await service.deliver([
    certification.revoking(revoked),
    certification.suspending(suspended),
    certification.suspending(reinstated),
    certification.reinstating(reinstated),
    certification.replacing(replaced, suspended),
  ]);

  expect(await placesOf('revocation')).toEqual([await placeOf(revoked), await placeOf(replaced)]);
  expect(await placesOf('suspension')).toEqual([await placeOf(suspended)]);
  const { body, headers } = await listed('revocation');
  expect(body).toMatchObject({
    id: 'http://127.0.0.1:3000/api/v1/verification/status-lists/0/revocation',
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation' },
  });
  expect(body.proof).toBeUndefined();
  expect(body.statement).toContain('未经签名');
  expect(headers['cache-control']).toBe('public, max-age=5, must-revalidate');
});

it('answers 304 to who has the list already, until a certificate changes', async () => {
  const certificate = await certification.issued();
  const ask = (tag: string) =>
    fetch(`${service.url}/api/v1/verification/status-lists/0/suspension`, { headers: { 'if-none-match': tag } });
  const { headers } = await listed('suspension');
  const tag = headers['etag'] ?? '';
  const same = await ask(tag);
  await service.deliver([certification.suspending(certificate)]);
  const changed = await ask(tag);

  expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', tag]);
  expect([changed.status, changed.headers.get('etag') === tag]).toEqual([200, false]);
});

it('knows no list that nobody stands in, and no other purpose', async () => {
  const answers = [await listed('revocation', 7), await listed('message'), await listed('revocation', 'first')];

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});
