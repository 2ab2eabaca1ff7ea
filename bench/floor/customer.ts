// The floor of a customer: one unary call after the other, nothing is written down.
// node customer.cjs TOPOLOGY_JSON ENTRY
import fs from 'node:fs';
import pathOf from 'node:path';
import { Client, credentials } from '@grpc/grpc-js';
import type { Event } from '../../bank/scenario.ts';
import { runFiles, type Topology, type VisitOrder } from '../../bank/topology.ts';
import { clientOptions } from '../../rpc/channel.ts';
import { branchService } from '../../rpc/service.ts';

/** As often as a customer reports its progress. */
const progressMs = 250;

const [topologyFile = '', entryText] = process.argv.slice(2);
const { Query, Deposit } = branchService;

const ask = (client: Client): Promise<unknown> =>
  new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      Query.path,
      Query.requestSerialize,
      Query.responseDeserialize,
      {},
      (error, response) => (error ? reject(error) : resolve(response)),
    );
  });

const update = (client: Client, money: number): Promise<unknown> =>
  new Promise((resolve, reject) => {
    client.makeUnaryRequest(
      Deposit.path,
      Deposit.requestSerialize,
      Deposit.responseDeserialize,
      { money },
      (error, response) => (error ? reject(error) : resolve(response)),
    );
  });

async function visit(client: Client, events: readonly Event[]): Promise<void> {
  let done = 0;
  const tell = (): void => {
    process.send?.({ type: 'tally:progress', data: { done, total: events.length } });
  };
  const timer = process.send && setInterval(tell, progressMs);
  for (const event of events) {
    await (event.interface === 'query' ? ask(client) : update(client, event.money));
    done += 1;
  }
  clearInterval(timer);
  tell();
}

async function main(): Promise<void> {
  const topology = JSON.parse(fs.readFileSync(topologyFile, 'utf8')) as Topology;
  const order = pathOf.join(topology.folder, runFiles.visitOrder(Number(entryText)));
  const { customer, events } = JSON.parse(fs.readFileSync(order, 'utf8')) as VisitOrder;
  const branch = topology.branches.find(({ id }) => id === customer);
  if (branch === undefined) throw new Error(`no branch ${customer}`);
  await visit(new Client(branch.target, credentials.createInsecure(), clientOptions), events);
}

void main().then(() => {
  if (process.connected) process.disconnect();
  process.exit(0);
});
