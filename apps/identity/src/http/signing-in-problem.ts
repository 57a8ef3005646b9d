import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { NotSignedIn } from '@shuzheng/platform';
import type { Opened } from '../commands/open-session.js';

/** What signing in may answer instead of a session. */
export const MayNotSignIn = (...codes: string[]) =>
  applyDecorators(
    ApiResponse({
      status: 401,
      description: codes.join('、'),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }),
  );

/** What was refused has been recorded and committed by now; only the answer is still missing. */
export function orRefuse<T>(answer: T | null | undefined, code?: string): T {
  if (answer === null || answer === undefined) throw new NotSignedIn(code);
  return answer;
}

/** Only whoever showed the right password learns that a second factor is asked for; all else is told alike. */
export function sessionOf(opened: Opened) {
  if ('session' in opened) return opened.session;
  throw new NotSignedIn(opened.refused === 'second-factor-needed' ? 'second-factor-needed' : 'sign-in-failed');
}
