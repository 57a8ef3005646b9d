// Whether `npm ci` works on every machine from this lockfile. A registry that lacks a platform's package of a very new
// release makes npm write a lockfile without it, which then fails everywhere.
import { readFileSync } from 'node:fs';

const lockfile = new URL('../package-lock.json', import.meta.url);
const packages = Object.entries(JSON.parse(readFileSync(lockfile, 'utf8')).packages);
const names = new Set(packages.map(([path]) => nameOf(path)));
const faults = packages.flatMap(([path, entry]) => [...missingPlatforms(path, entry), ...unsafeSource(path, entry)]);

for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exit(1);
console.log(`package-lock.json is complete: ${packages.length} entries.`);

function missingPlatforms(path, { optionalDependencies = {} }) {
  const missing = Object.keys(optionalDependencies).filter((name) => !names.has(name));
  return missing.map((name) => `${path || 'the root'}: its optional dependency ${name} is not in the lockfile`);
}

function unsafeSource(path, { link, resolved, integrity, inBundle }) {
  if (link || inBundle || !path.includes('node_modules/')) return [];
  const elsewhere = resolved && !resolved.startsWith('https://registry.npmjs.org/');
  return [
    ...(elsewhere ? [`${path}: comes from ${resolved}`] : []),
    ...(integrity ? [] : [`${path}: has no integrity`]),
  ];
}

function nameOf(path) {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}
