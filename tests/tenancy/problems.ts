import { expect, it } from '@jest/globals';
import { platformReasons } from '@shuzheng/platform';
import type { Answer } from './asking.js';
import type { Operation } from './operations.js';
import type { Tenants } from './world.js';

const members = [
  ...['type', 'title', 'status', 'code', 'advice', 'reasons', 'faults', 'rows', 'permission', 'correlationId'],
];
/** A stack, a statement, a place on the disk, the name of a constraint or of a class. */
const inside =
  /\bat .+:\d+:\d+|\b(select|insert into|update|delete from) .+ (from|values|set|where)\b|node_modules|\/tmp\/|\/home\/|\.(ts|js|mjs)\b|violates|relation "|Error:|Exception/i;

export function refusalsAreProblems(tenants: Tenants) {
  it('every refusal that was seen is a problem of a known code, in Chinese, that shows nothing of the inside', () => {
    const seen = [...tenants.asking.refusals.values()];
    const wrong = seen.flatMap(({ operation, answer }) =>
      faultsOf(operation, answer).map((fault) => `${operation.id} ${answer.status} ${answer.code ?? ''}: ${fault}`),
    );
    expect(seen.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  const cataloguesOf = (service: string) => ({
    ...platformReasons,
    ...tenants.registry.running.find((one) => one.service.name === service)?.service.reasons,
  });

  function faultsOf({ service }: Operation, { status, headers, body, code }: Answer): string[] {
    if (status >= 500 && status !== 503) return ['a fault of ours'];
    const type = String(headers['content-type']);
    if (!type.startsWith('application/problem+json')) return [`its type is ${type}`];
    const problem = JSON.parse(body) as Record<string, unknown>;
    return [
      ...(code !== undefined && code in cataloguesOf(service) ? [] : ['its code is in no catalogue']),
      ...(problem['type'] === `/problems/${String(problem['code'])}` && problem['status'] === status
        ? []
        : ['it contradicts itself']),
      ...(/[\u4e00-\u9fff]/.test(String(problem['title'])) ? [] : ['its title is not Chinese']),
      ...(inside.test(body) ? ['it shows the inside'] : []),
      ...Object.keys(problem).filter((name) => !members.includes(name)),
    ];
  }
}
