import assert from 'node:assert/strict';

/** Resolves when the answer is no longer undefined; asked again and again. */
export async function until<Value>(
  what: string,
  ask: () => Value | undefined,
  withinMs: number,
): Promise<Value> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = ask();
    if (answer !== undefined) return answer;
    assert.ok(performance.now() < end, `${what}: not within ${withinMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
