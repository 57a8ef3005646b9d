import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** One row of docs/permissions.md. */
export interface Row {
  readonly operation: string;
  readonly summary: string;
  /** Roles, and the words `public`, `everyone` and `programs`. */
  readonly allowed: ReadonlySet<string>;
  readonly reach: string;
}

const text = readFileSync(fileURLToPath(new URL('../../docs/permissions.md', import.meta.url)), 'utf8');

const cellsOf = (line: string) =>
  line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());

/** The rows of the tables whose header begins with this word. */
function tablesOf(first: string): string[][] {
  const found: string[][] = [];
  let header: string | undefined;
  for (const line of text.split('\n')) {
    if (!line.startsWith('|')) header = undefined;
    else if (header === undefined) header = cellsOf(line)[0] ?? '';
    else if (header === first && !/^\|[ -]+\|/.test(line)) found.push(cellsOf(line));
  }
  return found;
}

const listOf = (cell = '') => cell.split(',').map((word) => word.trim());

/** Each role and the kinds of organisation it is held in. */
export const roleKinds = new Map(tablesOf('role').map(([role = '', , kinds]) => [role, listOf(kinds)]));
const words = new Map(tablesOf('word').map(([word = '', roles]) => [word, listOf(roles)]));
export const reaches = tablesOf('reach').map(([reach = '']) => reach);
const special = ['public', 'everyone', 'programs'];

/** Every row, by operation; what stands for every service is written out. */
export function documented(services: readonly string[]): Map<string, Row> {
  const rows = new Map<string, Row>();
  for (const [name = '', summary = '', allowed, reach = ''] of tablesOf('operation')) {
    const operation = name.replaceAll('`', '');
    const operations = operation.startsWith('operations.') ? services.map((one) => `${one}.${operation}`) : [operation];
    for (const one of operations) {
      if (rows.has(one)) throw new Error(`docs/permissions.md has two rows for ${one}`);
      rows.set(one, { operation: one, summary, allowed: rolesOfCell(one, allowed), reach });
    }
  }
  return rows;
}

function rolesOfCell(operation: string, cell: string | undefined) {
  const roles = listOf(cell).flatMap((word) => words.get(word) ?? [word]);
  const unknown = roles.filter((role) => !roleKinds.has(role) && !special.includes(role));
  if (unknown.length > 0) throw new Error(`docs/permissions.md: ${operation} names ${unknown.join(', ')}`);
  return new Set(roles);
}
