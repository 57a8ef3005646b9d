import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { deviceOf, networkOf } from './devices.js';
import { reasonsNotToGrant } from './granting.js';
import { invitationState, invitationStates, mayBecome, requestStates, sessionStates } from './states.js';

const tables = { invitation: invitationStates, request: requestStates, session: sessionStates };

it('knows each state, and lets what is over stay over', () => {
  for (const table of Object.values(tables)) {
    const known: Record<string, readonly string[]> = table;
    for (const next of Object.values(known)) for (const state of next) expect(known[state]).toEqual([]);
  }
});

it('reaches no pair of states that the tables do not have, whatever is asked for', () => {
  const asked = fc.constantFrom('open', 'live', 'accepted', 'withdrawn', 'expired', 'granted', 'refused', 'ended', 'x');
  fc.assert(
    fc.property(fc.constantFrom(...Object.values(tables)), fc.array(asked, { maxLength: 20 }), (table, wishes) => {
      const known: Record<string, readonly string[]> = table;
      let state = Object.keys(known)[0] ?? '';
      for (const wish of wishes) {
        const before = state;
        if (mayBecome(known, state, wish)) state = wish;
        expect(state === before || known[before]?.includes(state)).toBe(true);
        expect(Object.keys(known)).toContain(state);
      }
    }),
  );
});

it('expires an invitation only while it is open, and from its very instant on', () => {
  fc.assert(
    fc.property(fc.constantFrom('open', 'accepted', 'withdrawn'), fc.nat(), fc.nat(), (state, expiresAt, now) => {
      const shown = invitationState({ state, expiresAt, now });
      expect(shown === 'expired').toBe(state === 'open' && expiresAt <= now);
      if (shown !== 'expired') expect(shown).toBe(state);
    }),
  );
});

it('never combines two administrators, nor a manager with business where they are apart', () => {
  const roles = ['system-administrator', 'security-administrator', 'auditor', 'user-manager', 'training-preparer'];
  fc.assert(
    fc.property(fc.subarray(roles, { minLength: 1 }), fc.subarray(roles), (granted, held) => {
      const facts = {
        before: [],
        possible: roles,
        alreadyMember: false,
        own: false,
        granterRoles: [],
        managerApart: true,
      };
      if (reasonsNotToGrant({ ...facts, roles: granted, held }).length > 0) return;
      const kinds = new Set([...granted, ...held].filter((role) => roles.indexOf(role) < 3));
      expect(kinds.size <= 1 || !granted.some((role) => roles.indexOf(role) < 3)).toBe(true);
      expect(granted.includes('user-manager') && granted.includes('training-preparer')).toBe(false);
    }),
  );
});

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36', 'Windows · Chrome'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0', 'iOS · 微信'],
  ['Mozilla/5.0 (Linux; Android 15) Firefox/140.0', 'Android · Firefox'],
  ['curl/8', '其他设备'],
])('says of %s no more than %s', (userAgent, device) => expect(deviceOf(userAgent)).toBe(device));

it.each([
  ['203.0.113.7', '203.0.*.*'],
  ['::ffff:203.0.113.7', '203.0.*.*'],
  ['2001:db8:1:2::7', '2001:db8:*'],
  ['', '*'],
])('shows of the address %s only %s', (address, network) => expect(networkOf(address)).toBe(network));
