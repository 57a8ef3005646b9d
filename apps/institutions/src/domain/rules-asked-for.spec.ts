import { expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kindOf } from './rule-kinds.js';

const apps = fileURLToPath(new URL('../../../', import.meta.url));

/** The ways in which a service names the rule record that it asks for. */
const asking = [
  /\brule: '([a-z-]+)'[^}]*?\bday\b/g,
  /\brule: '([a-z-]+)',\s*scope/g,
  /settings\.find\(tx, '([a-z-]+)'/g,
  /settingOn<[^(]*\([^)]*?'([a-z-]+)'/g,
  /const [A-Z]+_RULE = '([a-z-]+)'/g,
];

/** Every kind of rule that some service reads, with the file that reads it. */
function asked() {
  const files = readdirSync(apps, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^[a-z-]+\/src\/(commands|data|queries|reactions|domain)\/(?!.*\.spec\.ts$).*\.ts$/.test(file),
  );
  return files
    .filter((file) => !file.startsWith('institutions/'))
    .flatMap((file) => {
      const text = readFileSync(join(apps, file), 'utf8');
      return asking.flatMap((how) => [...text.matchAll(how)].map(([, rule = '']) => ({ file, rule })));
    });
}

it('knows every kind of rule that any service asks for', () => {
  const found = asked();
  const rules = new Set(found.map(({ rule }) => rule));

  for (const rule of ['pass-marks', 'hours', 'late-entry', 'objection-window', 'returned-part-clock', 'amendment-days'])
    expect(rules).toContain(rule);
  expect(found.filter(({ rule }) => kindOf(rule) === undefined)).toEqual([]);
});
