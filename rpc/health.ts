import { status, type ServerWritableStream } from '@grpc/grpc-js';
import type { HealthCheckRequest__Output as HealthRequest } from './generated/grpc/health/v1/HealthCheckRequest.ts';
import type { HealthCheckResponse } from './generated/grpc/health/v1/HealthCheckResponse.ts';
import type { HealthHandlers } from './generated/grpc/health/v1/Health.ts';
import { branchServiceName } from './service.ts';

type Watcher = ServerWritableStream<HealthRequest, HealthCheckResponse>;

/** The process as a whole, and the one service that it has. */
const services: readonly string[] = ['', branchServiceName];

/** The standard health service: NOT_SERVING until it is told otherwise. */
export class Health {
  private serving = false;
  private readonly watchers = new Set<Watcher>();

  readonly handlers: HealthHandlers = {
    Check: ({ request }, callback) => {
      if (services.includes(request.service)) callback(null, this.response);
      else callback({ code: status.NOT_FOUND, details: `no service "${request.service}" here` });
    },
    Watch: (watcher) => {
      const known = services.includes(watcher.request.service);
      watcher.write(known ? this.response : { status: 'SERVICE_UNKNOWN' });
      if (!known) return;
      this.watchers.add(watcher);
      watcher.on('cancelled', () => this.watchers.delete(watcher));
    },
  };

  setServing(serving: boolean): void {
    this.serving = serving;
    for (const watcher of this.watchers) watcher.write(this.response);
  }

  /** Says NOT_SERVING to all who watch and hangs up, so that the server can close. */
  end(): void {
    this.setServing(false);
    for (const watcher of this.watchers) watcher.end();
    this.watchers.clear();
  }

  private get response(): HealthCheckResponse {
    return { status: this.serving ? 'SERVING' : 'NOT_SERVING' };
  }
}
