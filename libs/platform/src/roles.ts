import { createHmac } from 'node:crypto';

/** The password of a database role: each service knows only its own, whoever migrates knows the secret. */
export const rolePassword = (secret: string, role: string) =>
  createHmac('sha256', secret).update(role).digest('base64url');
