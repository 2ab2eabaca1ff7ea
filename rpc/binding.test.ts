import assert from 'node:assert/strict';
import { AsyncResource, executionAsyncId } from 'node:async_hooks';
import { test } from 'node:test';
import { mendBinding } from './binding.ts';

mendBinding();

function tell(this: unknown, first: number, second: number): unknown[] {
  return [this, first, second, executionAsyncId()];
}

test('a bound function is called as its caller says, in the scope of its resource', () => {
  const resource = new AsyncResource('Test');
  const self = { tell: resource.bind(tell) };
  assert.deepEqual(self.tell(1, 2), [self, 1, 2, resource.asyncId()]);
  assert.equal(self.tell.length, 2);
});

test('a function that is bound to an object as well keeps that', () => {
  const self = {};
  const bound = AsyncResource.bind(tell, 'Test', self);
  assert.equal(bound.call({}, 1, 2)[0], self);
});

test('a bound function has no property that V8 would have to remember', () => {
  assert.ok(!('asyncResource' in new AsyncResource('Test').bind(tell)));
});
