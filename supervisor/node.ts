/** A node of the job as the supervisor uses it: through its agent, until it is lost. */
import type { FromAgent, ToAgent } from '../process/agent-messages.ts';
import type { AgentLine } from './agent-line.ts';
import { limits } from '../bank/limits.ts';
import type { Step } from './step.ts';

/** What happens on a node, told as it happens. */
export interface NodeListener {
  /** A process took hold of its lifeline. */
  readonly held: (process: string, pid: number) => void;
  readonly said: (process: string, message: object) => void;
  /** Whole lines that were appended to a file of the node. */
  readonly lines: (file: string, text: string) => void;
  /** Nothing more is heard of the node, which may go on until its lease is over. */
  readonly failing: () => void;
  /** The node is gone, and with it, by now, every process on it. */
  readonly lost: (why: string) => void;
}

/**
 * A node of the job:
 *
 *     up -- line closed, or silent for longer than the lease --> failing -- lease over --> lost
 *      \-- end --> ended
 */
type NodeState = 'up' | 'failing' | 'lost' | 'ended';

/** What an agent answers to a request. */
type Answer = Extract<FromAgent, { readonly request: number }>;

export class ClusterNode {
  readonly name: string;
  /** Its private folder of the run. */
  readonly folder: string;
  private readonly line: AgentLine;
  private readonly agent: Step;
  private readonly requests = new Map<number, (answer: Answer | undefined) => void>();
  private listener: NodeListener | undefined;
  private state: NodeState = 'up';
  /** Why nothing more is heard of it; empty while it is up. */
  why = '';
  private lastRequest = 0;

  constructor(place: Pick<ClusterNode, 'name' | 'folder'>, agent: Step, line: AgentLine) {
    this.name = place.name;
    this.folder = place.folder;
    this.agent = agent;
    this.line = line;
    line.listen({ hear: (message) => this.hear(message), ended: (why) => this.fail(why) });
    void agent.ended.then(({ nodeFailed }) =>
      this.line.close(nodeFailed ? 'Slurm says that it failed' : 'its agent ended'),
    );
  }

  get address(): string {
    return this.line.address;
  }

  get isUp(): boolean {
    return this.state === 'up';
  }

  /** Who listens from now on; of a node that is lost already there is only that to hear. */
  listen(listener: NodeListener): void {
    this.listener = listener;
    if (this.state === 'lost') listener.lost(this.why);
  }

  /** Slurm says that this node failed, whatever its agent says. */
  declareFailed(): void {
    this.line.close('Slurm says that it failed');
  }

  /** Writes a file of the node anew, piece by piece; resolves when there is room for more. */
  async write(file: string, text: string): Promise<void> {
    let begin = true;
    for (let at = 0; begin || at < text.length; at += limits.pieceBytes) {
      await this.send({ type: 'write', file, text: text.slice(at, at + limits.pieceBytes), begin });
      begin = false;
    }
  }

  send(message: ToAgent): Promise<void> {
    return this.line.send(message);
  }

  /** Free ports of the node; fewer, perhaps none, if it is lost meanwhile. */
  async ports(count: number): Promise<readonly number[]> {
    const answer = await this.ask((request) => ({ type: 'ports', request, count }));
    return answer?.type === 'ports' ? answer.ports : [];
  }

  /**
   * Makes, finds or removes the folder of ledgers that all nodes share.
   * @returns why that cannot be done, in words; undefined if it is
   */
  async ledgers(folder: string, what: 'make' | 'find' | 'remove'): Promise<string | undefined> {
    const answer = await this.ask((request) => ({ type: 'ledgers', request, folder, what }));
    return answer?.type === 'ledgers' ? (answer.trouble ?? undefined) : 'the node was lost';
  }

  /**
   * Resolves when everything that was sent before is carried out there, and everything that was
   * written there is here.
   * @returns false if the node is lost, and with it perhaps the last lines
   */
  async flush(): Promise<boolean> {
    return (await this.ask((request) => ({ type: 'flush', request }))) !== undefined;
  }

  /** Ends its agent, which takes along what still runs there and removes what it brought. */
  async end(): Promise<void> {
    if (this.state !== 'up') return;
    this.state = 'ended';
    await this.line.send({ type: 'end' });
    const timer = setTimeout(() => this.agent.kill(), limits.stopMs);
    await this.agent.ended;
    clearTimeout(timer);
    this.line.close('the run is over');
  }

  /** Hangs up without a word: its agent ends everything there at once. */
  cut(): void {
    if (this.state === 'up') this.state = 'ended';
    this.line.close('the run is over');
  }

  private ask(request: (number: number) => ToAgent): Promise<Answer | undefined> {
    if (this.state !== 'up') return Promise.resolve(undefined);
    this.lastRequest += 1;
    const number = this.lastRequest;
    const answered = new Promise<Answer | undefined>((resolve) => {
      this.requests.set(number, resolve);
    });
    void this.send(request(number));
    return answered;
  }

  private hear(message: FromAgent): void {
    switch (message.type) {
      case 'child':
        return this.listener?.held(message.process, message.pid);
      case 'said':
        return this.listener?.said(message.process, message.message);
      case 'lines':
        return this.listener?.lines(message.file, message.text);
      case 'ports':
      case 'ledgers':
      case 'flushed':
        this.requests.get(message.request)?.(message);
        this.requests.delete(message.request);
        return;
      case 'beat':
      case 'hello':
        return;
    }
  }

  private fail(why: string): void {
    for (const resolve of this.requests.values()) resolve(undefined);
    this.requests.clear();
    if (this.state !== 'up') return;
    this.state = 'failing';
    this.why = why;
    this.listener?.failing();
    // A node that is cut off may go on until its lease is over; only then is it certain to be gone.
    setTimeout(() => this.lose(), Math.max(0, this.line.leaseEndMs - performance.now()));
  }

  private lose(): void {
    this.state = 'lost';
    this.agent.abandon();
    this.listener?.lost(this.why);
  }
}
