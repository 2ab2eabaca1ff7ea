import { logVerbosity, setLogVerbosity, type ChannelOptions } from '@grpc/grpc-js';
import { limits } from '../bank/limits.ts';

// What gRPC has to say reaches people through our own messages, which name branch and reason.
setLogVerbosity(logVerbosity.NONE);

/** Both ends: no introspection that nobody reads, no message that no proto of ours can need. */
const common: ChannelOptions = {
  'grpc.enable_channelz': 0,
  'grpc.max_receive_message_length': limits.messageBytes,
};

export const serverOptions: ChannelOptions = {
  ...common,
  'grpc.max_concurrent_streams': limits.callsPerConnection,
};

export const clientOptions: ChannelOptions = {
  ...common,
  // A branch that was started again is reached within this time, not after gRPC's 1 to 120 s.
  'grpc.initial_reconnect_backoff_ms': limits.retryFirstMs,
  'grpc.max_reconnect_backoff_ms': limits.retryLongestMs,
  // A proxy variable in the environment must not hijack a call to a branch.
  'grpc.enable_http_proxy': 0,
  // Retries are ours: with the same event identity, or by the protocol between branches.
  'grpc.enable_retries': 0,
  'grpc.service_config_disable_resolution': 1,
};
