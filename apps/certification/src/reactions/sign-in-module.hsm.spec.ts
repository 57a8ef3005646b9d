import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SigningKeyPublished } from '@shuzheng/contracts';
import { isSound, verifyCredential } from '@shuzheng/credentials';
import { Token } from '@shuzheng/platform/testing';
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { Desk } from '../testing/desk.js';

const token = new Token();
const desk = new Desk({ issuer: token.settings });
const { service } = desk;
beforeAll(async () => {
  token.makeKey();
  await desk.open();
});
afterAll(async () => {
  await desk.close();
  token.remove();
});

interface Published {
  readonly keyId: string;
  readonly publicKey: JsonWebKey;
}

/** What somebody does who trusts nothing but the published keys. */
async function strangersFindings(certificateId: string) {
  const credential = (await desk.issuer().get(`/certificates/${certificateId}/credential`)).body;
  const keyId = String(credential.proof.verificationMethod).split('#')[1];
  const { items } = (await service.stranger.get('/keys')).body;
  const published = (items as Published[]).find((one) => one.keyId === keyId);
  if (!published) throw new Error(`${keyId} is not published`);
  const key = createPublicKey({ format: 'jwk', key: published.publicKey });
  return verifyCredential(credential, key);
}

const readiness = async () => (await fetch(`${service.url}/health/ready`)).json() as Promise<{ status: string }>;

let hour = 9;
async function later() {
  service.clock.set(`2026-03-02T${(hour += 1)}:00:00+08:00`);
  await desk.runTimers();
}

it('issues certificates that a stranger can verify, with a key that nobody can copy', async () => {
  const { certificates } = await desk.issued({ rows: desk.rows(3) });

  for (const { id } of certificates) expect(isSound(await strangersFindings(id))).toBe(true);
  expect(certificates).toHaveLength(3);
});

it('issues nothing while the token is away, goes on with what was begun, and says all of it', async () => {
  const begun = await desk.approved({ rows: desk.rows(2) });
  const waiting = await desk.approved();
  await desk.issue(begun.batchId);

  token.take();
  while ((await readiness()).status === 'ready') await pause(100);
  await desk.runTimers();
  const refused = await desk.issue(waiting.batchId);
  const states = (await desk.rowsOf(begun.batchId)).map(({ state }) => state);
  const degraded = await readiness();
  token.bringBack();
  while ((await readiness()).status === 'degraded') await pause(100);
  await later();
  const accepted = await desk.issue(waiting.batchId);

  expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
  expect(states).not.toContain('issued');
  expect(degraded).toMatchObject({ status: 'degraded', checks: [{ database: 'ok', degraded: 'signing-key' }] });
  expect((await desk.rowsOf(begun.batchId)).map(({ state }) => state)).toEqual(['issued', 'issued']);
  expect(accepted.status).toBe(201);
});

it('goes on in production with the next key under its label, and what the former one signed stays verifiable', async () => {
  const { certificates: former } = await desk.issued();
  token.makeKey('issuer-2');

  await service.restart({ profile: 'production', issuer: { ...token.settings, key: 'issuer-2' } });
  const { certificates: next } = await desk.issued();

  for (const { id } of [...former, ...next]) expect(isSound(await strangersFindings(id))).toBe(true);
  const announced = (await service.announced()).filter(({ type }) => type === SigningKeyPublished.type);
  expect(new Set(announced.map(({ data }) => data['keyId'])).size).toBe(2);
  expect((await service.stranger.get('/keys')).body.total).toBe(2);
});
