/** Brings the nodes of a job up for a run: the program, an agent on each, and a secure line to it. */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { limits } from '../bank/limits.ts';
import {
  type AgentOffer,
  type SupervisorAnswer,
  supervisorName,
} from '../process/agent-messages.ts';
import { MessageLines } from '../process/message-lines.ts';
import { type AgentLine, AgentServer, type SupervisorTls } from './agent-line.ts';
import { type Authority, createAuthority } from './certificates.ts';
import type { EngineFailure } from './engine.ts';
import { isFailure } from './engine.ts';
import { ClusterNode } from './node.ts';
import { runVariable } from './run-id.ts';
import { broadcast, type Job } from './slurm.ts';
import { Step } from './step.ts';
import { lastWords } from './tail.ts';

export interface ClusterOrder {
  readonly job: Job;
  readonly runId: string;
  /** The program for the nodes: `pack.cjs`. */
  readonly pack: string;
  /** Folder for what agents have to say. */
  readonly logs: string;
}

/** The nodes of a run, each with its agent. */
export interface Cluster {
  readonly nodes: readonly ClusterNode[];
  readonly tls: SupervisorTls;
  /** Ends every agent, and with it whatever runs on its node. */
  readonly close: () => Promise<void>;
}

/** Where the pack comes to lie: a name that nobody can foresee, and that goes with the agent. */
export const packOnNodes = (runId: string): string =>
  `/tmp/tally-${runId}-${randomBytes(8).toString('hex')}.cjs`;

/** The command of a node's agent. */
export const agentCommand = (pack: string, runId: string): string[] => [
  process.execPath,
  pack,
  runId,
];

export async function bringUpCluster(order: ClusterOrder): Promise<Cluster | EngineFailure> {
  const pack = packOnNodes(order.runId);
  const authority = await createAuthority(order.runId);
  const tls = await ownTls(authority);
  const server = await AgentServer.open(tls);
  const trouble = await broadcast(order.job.id, order.pack, pack);
  const nodes =
    trouble === undefined
      ? await Promise.all(
          order.job.nodes.map((name) => bringUpNode({ ...order, pack }, name, authority, server)),
        )
      : [trouble];
  server.close();
  const failure = nodes.find(isFailure);
  const up = nodes.filter((node) => node instanceof ClusterNode);
  const close = async (): Promise<void> => {
    await Promise.all(up.map((node) => node.end()));
  };
  if (failure === undefined) return { nodes: up, tls, close };
  await close();
  return failure;
}

async function ownTls(authority: Authority): Promise<SupervisorTls> {
  const { publicKey, privateKey: key } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  const certificate = await authority.issue({ name: supervisorName, publicKey });
  return { ca: authority.certificate, certificate, key };
}

async function bringUpNode(
  order: ClusterOrder,
  name: string,
  authority: Authority,
  server: AgentServer,
): Promise<ClusterNode | EngineFailure> {
  const standardError = path.join(order.logs, `agent.${name}.err.log`);
  const agent = startAgent(order, name, standardError);
  const timer = setTimeout(() => agent.kill(), limits.nodeBirthMs);
  const line = new Promise<AgentLine>((resolve) => server.expect(name, resolve));
  const ended = agent.ended.then(() => undefined);
  const offer = await Promise.race([readOffer(agent), ended]);
  if (offer !== undefined) {
    const certificate = await authority.issue({ name, publicKey: offer.publicKey });
    const answer: SupervisorAnswer = {
      certificate,
      ca: authority.certificate,
      addresses: ownAddresses(),
      port: server.port,
    };
    agent.answer(JSON.stringify(answer));
  }
  const connected = await Promise.race([line, ended]);
  clearTimeout(timer);
  if (offer !== undefined && connected !== undefined)
    return new ClusterNode({ name, folder: offer.folder }, agent, connected);
  return {
    reason: 'app-not-started',
    message: `Tally could not be brought to ${name} with ${process.execPath}${lastWords(standardError)}`,
  };
}

const startAgent = (order: ClusterOrder, name: string, standardError: string): Step =>
  new Step(
    {
      jobId: order.job.id,
      node: name,
      name: `agent.${name}`,
      folder: '/tmp',
      environment: { [runVariable]: order.runId },
      command: agentCommand(order.pack, order.runId),
    },
    { standardOutput: undefined, standardError },
  );

/** The first line that the agent prints. */
function readOffer(agent: Step): Promise<AgentOffer> {
  return new Promise((resolve) => {
    const lines = new MessageLines(limits.messageLineLetters, (message) =>
      resolve(message as AgentOffer),
    );
    agent.standardOutput?.setEncoding('utf8').on('data', (text: string) => {
      if (lines.take(text) !== undefined) agent.kill();
    });
  });
}

/** Of this machine, as others may reach it; its loopback only where there is nothing else. */
function ownAddresses(): string[] {
  const all = Object.values(os.networkInterfaces()).flatMap((addresses = []) => addresses);
  const outward = all.filter(({ internal, scopeid }) => !internal && !scopeid);
  const usable = outward.length > 0 ? outward : all;
  return usable.map(({ address }) => address).filter((address) => net.isIP(address) !== 0);
}
