// The floor of a branch: gRPC alone. No ledger, no history, no deadlines, no second thoughts.
// node branch.cjs TOPOLOGY_JSON BRANCH_ID
import fs from 'node:fs';
import {
  Client,
  Server,
  ServerCredentials,
  credentials,
  type handleUnaryCall,
} from '@grpc/grpc-js';
import type { Topology } from '../../bank/topology.ts';
import { clientOptions, serverOptions } from '../../rpc/channel.ts';
import { branchService, type BranchCalls } from '../../rpc/service.ts';

type Handler<Name extends keyof BranchCalls> = handleUnaryCall<
  BranchCalls[Name]['request'],
  BranchCalls[Name]['response']
>;

const [topologyFile = '', idText] = process.argv.slice(2);
const path = branchService.Propagate_Deposit;
const noEnvelope = { origin: 1, tx: '', version: 1, prev_tx: '' };

const fellows: Client[] = [];
let balance = 0;

function propagate(fellow: Client, money: number): Promise<void> {
  return new Promise((resolve, reject) => {
    fellow.makeUnaryRequest(
      path.path,
      path.requestSerialize,
      path.responseDeserialize,
      { ...noEnvelope, money },
      (error) => (error ? reject(error) : resolve()),
    );
  });
}

const query: Handler<'Query'> = (_call, callback) =>
  callback(null, { balance, version: 1, clock: 0 });

const update: Handler<'Deposit'> = async ({ request: { money } }, callback) => {
  await Promise.all(fellows.map((fellow) => propagate(fellow, money)));
  callback(null, { result: 'SUCCESS', reason: '', detail: '', version: 1, clock: 0 });
};

const propagation: Handler<'Propagate_Deposit'> = (_call, callback) =>
  callback(null, { result: 'SUCCESS', reason: '', clock: 0 });

function serve({ branches }: Topology): void {
  const id = Number(idText);
  const self = branches.find((branch) => branch.id === id);
  if (self === undefined) throw new Error(`no branch ${idText}`);
  balance = self.balance;
  for (const { target } of branches)
    if (target !== self.target)
      fellows.push(new Client(target, credentials.createInsecure(), clientOptions));
  const server = new Server(serverOptions);
  server.addService(branchService, {
    Query: query,
    Deposit: update,
    Withdraw: update,
    Propagate_Deposit: propagation,
    Propagate_Withdraw: propagation,
  });
  server.bindAsync(self.target, ServerCredentials.createInsecure(), (error) => {
    if (error) throw error;
    fs.writeSync(1, `${self.process} serves\n`);
  });
}

serve(JSON.parse(fs.readFileSync(topologyFile, 'utf8')) as Topology);
process.once('SIGINT', () => process.exit(0));
