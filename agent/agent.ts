import fs from 'node:fs';
import path from 'node:path';
import { nodeFiles, type ToAgent } from '../process/agent-messages.ts';
import { freePorts } from '../process/ports.ts';
import { exitCode } from '../process/exit.ts';
import { printTrouble } from '../process/print.ts';
import { Children } from './children.ts';
import { Delivery } from './delivery.ts';
import { useLedgers } from './ledgers.ts';
import type { Line } from './line.ts';

/** Stands for the supervisor on its node, and for the node's processes at the supervisor. */
export class Agent {
  /** Resolves when the supervisor first asks for something. */
  readonly asked: Promise<void>;
  private readonly folder: string;
  private readonly line: Line;
  private readonly children: Children;
  private readonly delivery: Delivery;
  /** What the supervisor asks for is carried out in order. */
  private work: Promise<void> = Promise.resolve();

  private tellAsked: () => void = () => {};

  private constructor(folder: string, line: Line, children: Children) {
    this.asked = new Promise((resolve) => {
      this.tellAsked = resolve;
    });
    this.folder = folder;
    this.line = line;
    this.children = children;
    this.delivery = new Delivery(folder, line);
  }

  /** From now on until the supervisor wants no more, or is gone. */
  static async start(folder: string, line: Line): Promise<Agent> {
    const children = await Children.open(path.join(folder, nodeFiles.lifeline), {
      held: ({ process, pid }) => void line.send({ type: 'child', process, pid }),
      said: (process, message) => void line.send({ type: 'said', process, message }),
    });
    const agent = new Agent(folder, line, children);
    line.listen(
      (message) => {
        agent.tellAsked();
        agent.work = agent.work.then(() => agent.carryOut(message));
      },
      (why) => void agent.end(why),
    );
    await line.send({ type: 'hello', address: line.address });
    return agent;
  }

  /**
   * Ends every process of this node, and this one. The line goes first: who sees a child end has
   * seen the end of its agent before.
   * @param why undefined if that is what the supervisor wants
   */
  async end(why: string | undefined): Promise<never> {
    if (why !== undefined) printTrouble(why);
    this.line.close();
    await this.children.close();
    process.exit(why === undefined ? exitCode.done : exitCode.supervisorGone);
  }

  private async carryOut(message: ToAgent): Promise<void> {
    switch (message.type) {
      case 'write':
        return this.write(message);
      case 'follow':
        return this.delivery.follow(message.file, message.from);
      case 'unfollow':
        return this.delivery.unfollow(message.file);
      case 'ports': {
        const ports = await freePorts(this.line.address, message.count);
        return this.line.send({ type: 'ports', request: message.request, ports });
      }
      case 'ledgers': {
        const trouble = useLedgers(this.folder, message);
        return this.line.send({ type: 'ledgers', request: message.request, trouble });
      }
      case 'tell':
        return this.children.tell(message.process, message.told);
      case 'signal':
        return this.children.signal(message.process, message.signal);
      case 'flush':
        await this.delivery.flush();
        return this.line.send({ type: 'flushed', request: message.request });
      case 'end':
        return this.end(undefined);
      case 'beat':
        return;
    }
  }

  private write({ file, text, begin }: ToAgent & { type: 'write' }): void {
    fs.writeFileSync(path.join(this.folder, file), text, { flag: begin ? 'w' : 'a' });
  }
}
