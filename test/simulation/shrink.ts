import { describe } from './action.ts';
import type { ReplicaClass } from './node.ts';
import { type Course, course } from './schedule.ts';

/** The shortest course that still violates something, by leaving out fewer and fewer steps at once. */
export function shortest(found: Course, replicaClass: ReplicaClass): Course {
  let best = found;
  for (let size = found.steps.length; size >= 1; size = Math.floor(size / 2)) {
    let shorter = without(best, size, replicaClass);
    for (; shorter; shorter = without(best, size, replicaClass)) best = shorter;
  }
  return best;
}

/** The course without some `size` steps in a row, if it goes wrong without them too. */
function without(
  { plan, steps }: Course,
  size: number,
  replicaClass: ReplicaClass,
): Course | undefined {
  for (let start = steps.length - size; start > -size; start -= size) {
    const rest = [...steps.slice(0, Math.max(start, 0)), ...steps.slice(start + size)];
    const tried = course(plan, rest, replicaClass);
    if (tried.violation !== undefined) return tried;
  }
  return undefined;
}

/** A course as lines that tell the whole story. */
export function story({ plan, steps, violation }: Course): string[] {
  const customers = plan.customers.map(
    ({ branch, script }, place) =>
      `customer ${place + 1} at branch ${branch}: ${JSON.stringify(script)}`,
  );
  return [
    `${plan.branches} branches with a balance of ${plan.balance}${plan.witnesses === true ? ', on machines of their own' : ''}`,
    ...customers,
    ...steps.map((action) => `  ${describe(action)}`),
    `and then, at the latest when it is left in peace: ${violation ?? 'nothing'}`,
  ];
}
