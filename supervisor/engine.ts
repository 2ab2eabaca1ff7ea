import type { OutputFailure } from './file-trouble.ts';

/**
 * The narrow seam between a run and whatever runs its processes: pm2 on one machine, Slurm on many.
 * Nothing above it knows which engine it is.
 */
export interface Engine {
  /** Starts these apps; answers when all of them have been started, not when they are ready. */
  readonly start: (apps: readonly App[]) => Promise<EngineFailure | undefined>;
  /**
   * Gives this app its turn and answers when it has ended; starts it if it does not run yet. An app
   * that was started before waits for its turn. It is not started again by itself.
   */
  readonly runToEnd: (app: App) => Promise<Exit | EngineFailure>;
  /** Ends this app and does not start it again. */
  readonly stop: (name: string) => Promise<EngineFailure | undefined>;
  /** Ends every app of this run, whatever its state, and answers when all are gone. */
  readonly stopAll: () => Promise<EngineFailure | undefined>;
  /** Fails unless the engine may die with this run: it is ours, and nobody else uses it. */
  readonly claim: () => Promise<EngineFailure | undefined>;
  /** Kills every process of this run at once, without asking anybody. */
  readonly killAll: () => void;
  /** Lets go of the engine: after this nothing that the run brought into it is left. */
  readonly close: () => Promise<EngineFailure | undefined>;
}

/** One app as `ecosystem.template.js` declares it, in pm2's own words. */
export interface App {
  readonly name: string;
  readonly namespace: string;
  readonly [key: string]: unknown;
}

/** How a process ended. pm2 reports a death by signal as code 0, so a code alone proves nothing. */
export interface Exit {
  readonly pid: number;
  readonly code: number;
}

/** Something that happened to an app, told as it happens. */
export type LifeEvent =
  | {
      readonly type: 'online';
      readonly name: string;
      readonly pid: number;
      readonly restarts: number;
      /** The machine it runs on, when there are several. */
      readonly node?: string;
    }
  | { readonly type: 'exit'; readonly name: string; readonly exit: Exit }
  /** The machine of this app is lost; nothing more is heard of this life, perhaps not its last lines. */
  | { readonly type: 'cut-off'; readonly name: string; readonly node: string }
  /** A branch has a new place, and is being started there without its ledger. */
  | {
      readonly type: 'moved';
      readonly name: string;
      readonly target: string;
      readonly node: string;
      /** Which start without a ledger this is, from 1 for the first place. */
      readonly incarnation: number;
    }
  | {
      readonly type: 'progress';
      readonly name: string;
      readonly done: number;
      readonly total: number;
    }
  /** Something worth knowing that is not wrong, such as a daemon of another version. */
  | { readonly type: 'notice'; readonly text: string }
  /** The engine itself is gone, or what it has to write; nothing more will be heard from it. */
  | { readonly type: 'lost'; readonly failure: EngineFailure | OutputFailure };

export type LifeListener = (event: LifeEvent) => void;

/** Why the engine could not do as asked. */
export interface EngineFailure {
  readonly reason:
    | 'engine-home'
    | 'engine-locked'
    | 'engine-unreachable'
    | 'engine-lost'
    | 'engine-shared'
    | 'engine-slow'
    /** A node cannot write where the user wants the ledgers. */
    | 'ledgers-unusable'
    | 'app-not-started'
    /** Something outlived the run, even SIGKILL. */
    | 'left-behind';
  /** What, who, why, and where to look. */
  readonly message: string;
}

/** Tells a failure, which has a reason, from any other answer. */
export const isFailure = <Answer extends object>(
  answer: Answer | undefined,
): answer is Extract<Answer, { readonly reason: string }> =>
  answer !== undefined && 'reason' in answer;
