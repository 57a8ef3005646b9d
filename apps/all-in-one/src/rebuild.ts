import { BadConfiguration, rebuild } from '@shuzheng/platform';
import { allServices } from './services.js';

// The rebuild command, after an upgrade that says so: the named services forget what they heard and hear everything again.
const known = allServices.map(({ name }) => name).join(', ');
try {
  const adminUrl = process.env['ADMIN_DATABASE_URL'];
  if (!adminUrl) throw new BadConfiguration('ADMIN_DATABASE_URL', 'name a user who may change every schema');
  const asked = process.argv.slice(2).map((name) => allServices.find((service) => service.name === name));
  if (asked.length === 0 || asked.includes(undefined))
    throw new BadConfiguration('rebuild', `name services after the command: ${known}`);
  for (const service of asked) if (service) await rebuild(service, adminUrl);
} catch (error) {
  if (!(error instanceof BadConfiguration)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
