import { AsyncResource } from 'node:async_hooks';

/**
 * Node.js 20 gives every function that is bound to an asynchronous resource a deprecated property
 * with two accessors, and makes each accessor the prototype of another function. V8 remembers such
 * prototypes among its old objects. HTTP/2 binds a function for each request, so every request
 * outlived the young heap: a call cost its caller a fifth more, and the heaps grew.
 *
 * From here on this process binds functions without that property. Later versions of Node.js do so
 * themselves (https://github.com/nodejs/node/issues/58218) and are left as they are.
 */
export function mendBinding(): void {
  const bound = new AsyncResource('Probe').bind(() => {});
  if ('asyncResource' in bound) AsyncResource.prototype.bind = bind;
}

function bind<Bound extends (...parameters: unknown[]) => unknown>(
  this: AsyncResource,
  act: Bound,
  self?: unknown,
): Bound {
  const run = (caller: unknown, parameters: Parameters<Bound>): unknown =>
    this.runInAsyncScope(act, self === undefined ? caller : self, ...parameters);
  const bound = function (this: unknown, ...parameters: Parameters<Bound>): unknown {
    return run(this, parameters);
  };
  return Object.defineProperty(bound, 'length', { value: act.length }) as unknown as Bound;
}
