import type { KeyObject } from 'node:crypto';
import { proofHolds } from './proof.js';

/** One thing that was looked at. What was not reached, because something before it failed, is `unchecked`. */
export interface Finding {
  check: 'credential' | 'proof' | 'signature';
  outcome: 'ok' | 'failed' | 'unchecked';
  reason?: 'not-a-credential' | 'no-known-proof' | 'signature-differs';
}

const baseContext = 'https://www.w3.org/ns/credentials/v2';

/** Checks a credential by itself. Status, log, authorization and version are other people's findings. */
export function verifyCredential(document: unknown, publicKey: KeyObject): Finding[] {
  if (!isCredential(document)) {
    return [failed('credential', 'not-a-credential'), unchecked('proof'), unchecked('signature')];
  }
  const { proof, ...unsecured } = document;
  const known = [proof].flat().find(isKnownProof);
  if (!known) return [ok('credential'), failed('proof', 'no-known-proof'), unchecked('signature')];
  const signature = holds(unsecured, known, publicKey) ? ok('signature') : failed('signature', 'signature-differs');
  return [ok('credential'), ok('proof'), signature];
}

export const isSound = (findings: readonly Finding[]): boolean => findings.every(({ outcome }) => outcome === 'ok');

function holds(document: object, proof: object, publicKey: KeyObject): boolean {
  try {
    return proofHolds(document, proof, publicKey);
  } catch {
    // What cannot be written canonically (half characters, endless nesting) was never signed.
    return false;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCredential = (value: unknown): value is Record<string, unknown> =>
  isRecord(value) &&
  [value.type].flat().includes('VerifiableCredential') &&
  [value['@context']].flat()[0] === baseContext;

const isKnownProof = (proof: unknown): proof is Record<string, unknown> =>
  isRecord(proof) &&
  proof.type === 'DataIntegrityProof' &&
  proof.cryptosuite === 'eddsa-jcs-2022' &&
  proof.proofPurpose === 'assertionMethod' &&
  typeof proof.proofValue === 'string' &&
  proof.proofValue.startsWith('z');

const ok = (check: Finding['check']): Finding => ({ check, outcome: 'ok' });
const unchecked = (check: Finding['check']): Finding => ({ check, outcome: 'unchecked' });
const failed = (check: Finding['check'], reason: NonNullable<Finding['reason']>): Finding => ({
  check,
  outcome: 'failed',
  reason,
});
