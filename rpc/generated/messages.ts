// Original files: proto/bank.proto, proto/health.proto

import { EnumNames, method, readNested, readNumber, type Codec } from '../codec.ts';
import type { EventIdentity__Output } from './bank/EventIdentity.ts';
import type { Envelope__Output } from './bank/Envelope.ts';
import type { QueryRequest__Output } from './bank/QueryRequest.ts';
import type { QueryResponse__Output } from './bank/QueryResponse.ts';
import type { UpdateRequest__Output } from './bank/UpdateRequest.ts';
import type { UpdateResponse__Output } from './bank/UpdateResponse.ts';
import type { PropagateRequest__Output } from './bank/PropagateRequest.ts';
import type { PropagateResponse__Output } from './bank/PropagateResponse.ts';
import type { DecideRequest__Output } from './bank/DecideRequest.ts';
import type { DecideResponse__Output } from './bank/DecideResponse.ts';
import type { AskRequest__Output } from './bank/AskRequest.ts';
import type { AskResponse__Output } from './bank/AskResponse.ts';
import type { Fence__Output } from './bank/Fence.ts';
import type { RecoverRequest__Output } from './bank/RecoverRequest.ts';
import type { RecoverResponse__Output } from './bank/RecoverResponse.ts';
import type { ReplicaState__Output } from './bank/ReplicaState.ts';
import type { UndecidedUpdate__Output } from './bank/UndecidedUpdate.ts';
import type { AppliedEvent__Output } from './bank/AppliedEvent.ts';
import type { ConnectRequest__Output } from './bank/ConnectRequest.ts';
import type { ConnectResponse__Output } from './bank/ConnectResponse.ts';
import type { SettleRequest__Output } from './bank/SettleRequest.ts';
import type { SettleResponse__Output } from './bank/SettleResponse.ts';
import type { HealthCheckRequest__Output } from './grpc/health/v1/HealthCheckRequest.ts';
import type { HealthCheckResponse__Output } from './grpc/health/v1/HealthCheckResponse.ts';

const resultNames = new EnumNames({"RESULT_UNSPECIFIED":0,"SUCCESS":1,"FAIL":2});
const decisionNames = new EnumNames({"DECISION_UNSPECIFIED":0,"COMMITTED":1,"ABORTED":2,"UNDECIDED":3});
const servingStatusNames = new EnumNames({"UNKNOWN":0,"SERVING":1,"NOT_SERVING":2,"SERVICE_UNKNOWN":3});

export const EventIdentity: Codec<EventIdentity__Output> = {
  write(message, writer) {
    if (message.entry != null) writer.uint32(8).uint32(message.entry);
    if (message.position != null) writer.uint32(16).uint32(message.position);
    return writer;
  },
  read(reader) {
    const message: EventIdentity__Output = { entry: 0, position: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.entry = reader.uint32();
          break;
        case 2:
          message.position = reader.uint32();
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const Envelope: Codec<Envelope__Output> = {
  write(message, writer) {
    if (message.run_id != null) writer.uint32(10).string(message.run_id);
    if (message.sender != null) writer.uint32(18).string(message.sender);
    if (message.message != null) writer.uint32(26).string(message.message);
    if (message.clock != null) writer.uint32(32).uint64(message.clock);
    if (message.incarnation != null) writer.uint32(40).uint32(message.incarnation);
    if (message.recipient != null) writer.uint32(48).uint32(message.recipient);
    return writer;
  },
  read(reader) {
    const message: Envelope__Output = { sender: '', message: '', clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.run_id = reader.string();
          break;
        case 2:
          message.sender = reader.string();
          break;
        case 3:
          message.message = reader.string();
          break;
        case 4:
          message.clock = readNumber(reader.uint64());
          break;
        case 5:
          message.incarnation = reader.uint32();
          break;
        case 6:
          message.recipient = reader.uint32();
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const QueryRequest: Codec<QueryRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    if (message.event != null) EventIdentity.write(message.event, writer.uint32(18).fork()).ldelim();
    return writer;
  },
  read(reader) {
    const message: QueryRequest__Output = {  };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        case 2:
          message.event = readNested(reader, EventIdentity);
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const QueryResponse: Codec<QueryResponse__Output> = {
  write(message, writer) {
    if (message.balance != null) writer.uint32(8).int64(message.balance);
    if (message.version != null) writer.uint32(16).uint64(message.version);
    if (message.clock != null) writer.uint32(24).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: QueryResponse__Output = { clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.balance = readNumber(reader.int64());
          break;
        case 2:
          message.version = readNumber(reader.uint64());
          break;
        case 3:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const UpdateRequest: Codec<UpdateRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    if (message.event != null) EventIdentity.write(message.event, writer.uint32(18).fork()).ldelim();
    if (message.money != null) writer.uint32(24).int64(message.money);
    return writer;
  },
  read(reader) {
    const message: UpdateRequest__Output = { money: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        case 2:
          message.event = readNested(reader, EventIdentity);
          break;
        case 3:
          message.money = readNumber(reader.int64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const UpdateResponse: Codec<UpdateResponse__Output> = {
  write(message, writer) {
    const result = resultNames.number(message.result);
    if (result !== undefined) writer.uint32(8).int32(result);
    if (message.reason != null) writer.uint32(18).string(message.reason);
    if (message.detail != null) writer.uint32(26).string(message.detail);
    if (message.version != null) writer.uint32(32).uint64(message.version);
    if (message.clock != null) writer.uint32(40).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: UpdateResponse__Output = { result: "RESULT_UNSPECIFIED", reason: '', detail: '', clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.result = resultNames.name(reader.int32()) as UpdateResponse__Output['result'];
          break;
        case 2:
          message.reason = reader.string();
          break;
        case 3:
          message.detail = reader.string();
          break;
        case 4:
          message.version = readNumber(reader.uint64());
          break;
        case 5:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const PropagateRequest: Codec<PropagateRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    if (message.event != null) EventIdentity.write(message.event, writer.uint32(18).fork()).ldelim();
    if (message.money != null) writer.uint32(24).int64(message.money);
    if (message.origin != null) writer.uint32(32).uint64(message.origin);
    if (message.tx != null) writer.uint32(42).string(message.tx);
    if (message.version != null) writer.uint32(48).uint64(message.version);
    if (message.prev_tx != null) writer.uint32(58).string(message.prev_tx);
    return writer;
  },
  read(reader) {
    const message: PropagateRequest__Output = { money: 0, origin: 0, tx: '', version: 0, prev_tx: '' };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        case 2:
          message.event = readNested(reader, EventIdentity);
          break;
        case 3:
          message.money = readNumber(reader.int64());
          break;
        case 4:
          message.origin = readNumber(reader.uint64());
          break;
        case 5:
          message.tx = reader.string();
          break;
        case 6:
          message.version = readNumber(reader.uint64());
          break;
        case 7:
          message.prev_tx = reader.string();
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const PropagateResponse: Codec<PropagateResponse__Output> = {
  write(message, writer) {
    const result = resultNames.number(message.result);
    if (result !== undefined) writer.uint32(8).int32(result);
    if (message.reason != null) writer.uint32(18).string(message.reason);
    if (message.clock != null) writer.uint32(24).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: PropagateResponse__Output = { result: "RESULT_UNSPECIFIED", reason: '', clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.result = resultNames.name(reader.int32()) as PropagateResponse__Output['result'];
          break;
        case 2:
          message.reason = reader.string();
          break;
        case 3:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const DecideRequest: Codec<DecideRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    if (message.tx != null) writer.uint32(18).string(message.tx);
    const decision = decisionNames.number(message.decision);
    if (decision !== undefined) writer.uint32(24).int32(decision);
    return writer;
  },
  read(reader) {
    const message: DecideRequest__Output = { tx: '', decision: "DECISION_UNSPECIFIED" };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        case 2:
          message.tx = reader.string();
          break;
        case 3:
          message.decision = decisionNames.name(reader.int32()) as DecideRequest__Output['decision'];
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const DecideResponse: Codec<DecideResponse__Output> = {
  write(message, writer) {
    if (message.clock != null) writer.uint32(8).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: DecideResponse__Output = { clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const AskRequest: Codec<AskRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    if (message.tx != null) writer.uint32(18).string(message.tx);
    return writer;
  },
  read(reader) {
    const message: AskRequest__Output = { tx: '' };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        case 2:
          message.tx = reader.string();
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const AskResponse: Codec<AskResponse__Output> = {
  write(message, writer) {
    const decision = decisionNames.number(message.decision);
    if (decision !== undefined) writer.uint32(8).int32(decision);
    if (message.clock != null) writer.uint32(16).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: AskResponse__Output = { decision: "DECISION_UNSPECIFIED", clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.decision = decisionNames.name(reader.int32()) as AskResponse__Output['decision'];
          break;
        case 2:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const Fence: Codec<Fence__Output> = {
  write(message, writer) {
    if (message.branch != null) writer.uint32(8).uint64(message.branch);
    if (message.incarnation != null) writer.uint32(16).uint32(message.incarnation);
    return writer;
  },
  read(reader) {
    const message: Fence__Output = { branch: 0, incarnation: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.branch = readNumber(reader.uint64());
          break;
        case 2:
          message.incarnation = reader.uint32();
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const RecoverRequest: Codec<RecoverRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    for (const item of message.fences ?? []) Fence.write(item, writer.uint32(18).fork()).ldelim();
    return writer;
  },
  read(reader) {
    const message: RecoverRequest__Output = { fences: [] };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        case 2:
          message.fences.push(readNested(reader, Fence));
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const RecoverResponse: Codec<RecoverResponse__Output> = {
  write(message, writer) {
    if (message.incarnation != null) writer.uint32(8).uint32(message.incarnation);
    for (const item of message.fences ?? []) Fence.write(item, writer.uint32(18).fork()).ldelim();
    if (message.state != null) ReplicaState.write(message.state, writer.uint32(26).fork()).ldelim();
    if (message.clock != null) writer.uint32(32).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: RecoverResponse__Output = { incarnation: 0, fences: [], clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.incarnation = reader.uint32();
          break;
        case 2:
          message.fences.push(readNested(reader, Fence));
          break;
        case 3:
          message.state = readNested(reader, ReplicaState);
          break;
        case 4:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const ReplicaState: Codec<ReplicaState__Output> = {
  write(message, writer) {
    if (message.version != null) writer.uint32(8).uint64(message.version);
    if (message.balance != null) writer.uint32(16).int64(message.balance);
    if (message.last_tx != null) writer.uint32(26).string(message.last_tx);
    if (message.last_origin != null) writer.uint32(32).uint64(message.last_origin);
    if (message.pending != null) UndecidedUpdate.write(message.pending, writer.uint32(42).fork()).ldelim();
    for (const item of message.applied ?? []) AppliedEvent.write(item, writer.uint32(50).fork()).ldelim();
    return writer;
  },
  read(reader) {
    const message: ReplicaState__Output = { version: 0, balance: 0, last_tx: '', last_origin: 0, applied: [] };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.version = readNumber(reader.uint64());
          break;
        case 2:
          message.balance = readNumber(reader.int64());
          break;
        case 3:
          message.last_tx = reader.string();
          break;
        case 4:
          message.last_origin = readNumber(reader.uint64());
          break;
        case 5:
          message.pending = readNested(reader, UndecidedUpdate);
          break;
        case 6:
          message.applied.push(readNested(reader, AppliedEvent));
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const UndecidedUpdate: Codec<UndecidedUpdate__Output> = {
  write(message, writer) {
    if (message.tx != null) writer.uint32(10).string(message.tx);
    if (message.origin != null) writer.uint32(16).uint64(message.origin);
    if (message.version != null) writer.uint32(24).uint64(message.version);
    return writer;
  },
  read(reader) {
    const message: UndecidedUpdate__Output = { tx: '', origin: 0, version: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.tx = reader.string();
          break;
        case 2:
          message.origin = readNumber(reader.uint64());
          break;
        case 3:
          message.version = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const AppliedEvent: Codec<AppliedEvent__Output> = {
  write(message, writer) {
    if (message.entry != null) writer.uint32(8).uint32(message.entry);
    if (message.position != null) writer.uint32(16).uint32(message.position);
    if (message.origin != null) writer.uint32(24).uint64(message.origin);
    if (message.version != null) writer.uint32(32).uint64(message.version);
    return writer;
  },
  read(reader) {
    const message: AppliedEvent__Output = { entry: 0, position: 0, origin: 0, version: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.entry = reader.uint32();
          break;
        case 2:
          message.position = reader.uint32();
          break;
        case 3:
          message.origin = readNumber(reader.uint64());
          break;
        case 4:
          message.version = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const ConnectRequest: Codec<ConnectRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    return writer;
  },
  read(reader) {
    const message: ConnectRequest__Output = {  };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const ConnectResponse: Codec<ConnectResponse__Output> = {
  write(_message, writer) {
    return writer;
  },
  read(reader) {
    const message: ConnectResponse__Output = {  };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const SettleRequest: Codec<SettleRequest__Output> = {
  write(message, writer) {
    if (message.envelope != null) Envelope.write(message.envelope, writer.uint32(10).fork()).ldelim();
    return writer;
  },
  read(reader) {
    const message: SettleRequest__Output = {  };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.envelope = readNested(reader, Envelope);
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const SettleResponse: Codec<SettleResponse__Output> = {
  write(message, writer) {
    if (message.balance != null) writer.uint32(8).int64(message.balance);
    if (message.version != null) writer.uint32(16).uint64(message.version);
    if (message.clock != null) writer.uint32(24).uint64(message.clock);
    return writer;
  },
  read(reader) {
    const message: SettleResponse__Output = { clock: 0 };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.balance = readNumber(reader.int64());
          break;
        case 2:
          message.version = readNumber(reader.uint64());
          break;
        case 3:
          message.clock = readNumber(reader.uint64());
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const HealthCheckRequest: Codec<HealthCheckRequest__Output> = {
  write(message, writer) {
    if (message.service != null) writer.uint32(10).string(message.service);
    return writer;
  },
  read(reader) {
    const message: HealthCheckRequest__Output = { service: '' };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.service = reader.string();
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

export const HealthCheckResponse: Codec<HealthCheckResponse__Output> = {
  write(message, writer) {
    const status = servingStatusNames.number(message.status);
    if (status !== undefined) writer.uint32(8).int32(status);
    return writer;
  },
  read(reader) {
    const message: HealthCheckResponse__Output = { status: "UNKNOWN" };
    while (reader.pos < reader.len) {
      const tag = reader.uint32();
      switch (tag >>> 3) {
        case 1:
          message.status = servingStatusNames.name(reader.int32()) as HealthCheckResponse__Output['status'];
          break;
        default: reader.skipType(tag & 7);
      }
    }
    return message;
  },
};

/** The service bank.Branch. */
export const Branch = {
  Query: method('/bank.Branch/Query', { request: QueryRequest, response: QueryResponse }),
  Deposit: method('/bank.Branch/Deposit', { request: UpdateRequest, response: UpdateResponse }),
  Withdraw: method('/bank.Branch/Withdraw', { request: UpdateRequest, response: UpdateResponse }),
  Propagate_Deposit: method('/bank.Branch/Propagate_Deposit', { request: PropagateRequest, response: PropagateResponse }),
  Propagate_Withdraw: method('/bank.Branch/Propagate_Withdraw', { request: PropagateRequest, response: PropagateResponse }),
  Decide: method('/bank.Branch/Decide', { request: DecideRequest, response: DecideResponse }),
  Ask: method('/bank.Branch/Ask', { request: AskRequest, response: AskResponse }),
  Recover: method('/bank.Branch/Recover', { request: RecoverRequest, response: RecoverResponse }),
  Connect: method('/bank.Branch/Connect', { request: ConnectRequest, response: ConnectResponse }),
  Settle: method('/bank.Branch/Settle', { request: SettleRequest, response: SettleResponse }),
} as const;

/** The service grpc.health.v1.Health. */
export const Health = {
  Check: method('/grpc.health.v1.Health/Check', { request: HealthCheckRequest, response: HealthCheckResponse }),
  Watch: method('/grpc.health.v1.Health/Watch', { request: HealthCheckRequest, response: HealthCheckResponse }, { responseStream: true }),
} as const;
