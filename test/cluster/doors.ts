/** Where the processes of a run listen in a cluster. */
import type { Cluster } from './cluster.ts';
import { srunPorts, usualPorts } from './configuration.ts';

/** `address:port` of every door on the network but Slurm's own, at the head and on the nodes. */
export function doorsOf(cluster: Cluster): readonly string[] {
  const listening = ['ss', '--listening', '--tcp', '--numeric', '--no-header'];
  return [
    ...portsIn(cluster.run(...listening)).map((port) => `10.77.0.1:${port}`),
    ...cluster.nodes.flatMap((node) =>
      portsIn(cluster.runOn(node, ...listening)).map((port) => `${node.address}:${port}`),
    ),
  ];
}

export const isSlurms = (port: number): boolean =>
  port === usualPorts.controller ||
  port === usualPorts.node ||
  (port >= srunPorts.first && port <= srunPorts.last);

const portsIn = (words: string): readonly number[] =>
  words
    .split('\n')
    .map((line) => Number(/:(\d+)\s/.exec(line)?.[1]))
    .filter((port) => !Number.isNaN(port) && !isSlurms(port));
