import type { HistoryRecord } from '../../bank/history.ts';

/** What the time of a run is spent on, about in the order in which a run does so. */
export const phases = [
  'branches start',
  'customers start',
  'customers at work',
  'messages of customers',
  'branches at work',
  'messages between branches',
  'faults',
  'branches start again',
  'customers end',
  'settling',
  'branches stop',
  'supervisor at work',
] as const;
export type Phase = (typeof phases)[number];

/** What the stretch of the run that ends with this record was spent on. */
export function phaseOf(record: HistoryRecord): Phase {
  switch (record.kind) {
    case 'start':
    case 'online':
    case 'ready':
      return isVisit(record.subject) ? 'customers start' : 'branches start';
    case 'replay':
      return 'branches start';
    case 'recover':
    case 'restart':
      return 'branches start again';
    case 'exit':
    case 'stop':
      return isVisit(record.subject) ? 'customers end' : 'branches stop';
    case 'call':
    case 'receive':
    case 'reply':
    case 'return':
      return phaseOfCall(record);
    case 'outcome':
      return 'customers at work';
    case 'prepare':
    case 'decide':
    case 'apply':
    case 'drop':
    case 'refuse':
      return 'branches at work';
    case 'settled':
      return 'settling';
    case 'fault':
    case 'lost':
      return 'faults';
    case 'run':
    case 'end':
      return 'supervisor at work';
  }
}

function phaseOfCall(
  record: Extract<HistoryRecord, { kind: 'call' | 'receive' | 'reply' | 'return' }>,
): Phase {
  if (record.interface === 'settle') return 'settling';
  // A customer's first call comes after its process has started.
  if (record.kind === 'call' && isVisit(record.process))
    return isFirst(record.message) ? 'customers start' : 'customers at work';
  if (record.kind === 'call' || record.kind === 'reply') return 'branches at work';
  const visits = isVisit(record.process) || isVisit(record.from);
  return visits ? 'messages of customers' : 'messages between branches';
}

const isVisit = (process: string): boolean => process.startsWith('visit-');
const isFirst = (message: string): boolean => message.endsWith('/1');

/** One link of the chain in words, ending with what the record says. */
export function describe(record: HistoryRecord): string {
  const { process } = record;
  switch (record.kind) {
    case 'call':
      return `${process} calls ${record.interface} on ${record.to}`;
    case 'receive':
      return `${process} receives ${record.interface} from ${record.from}`;
    case 'reply':
      return `${process} answers ${record.interface} to ${record.to}`;
    case 'return':
      return `${process} has the answer to ${record.interface} from ${record.from}`;
    case 'start':
    case 'online':
    case 'ready':
    case 'exit':
    case 'restart':
    case 'stop':
    case 'settled':
    case 'fault':
    case 'lost':
      return `${process}: ${record.kind} of ${record.subject}`;
    case 'prepare':
    case 'decide':
    case 'apply':
    case 'drop':
      return `${process}: ${record.kind} ${record.tx}`;
    case 'outcome':
      return `${process}: ${record.interface} is ${record.result}`;
    case 'refuse':
      return `${process} refuses: ${record.reason}`;
    case 'replay':
      return `${process} has replayed its ledger`;
    case 'recover':
      return `${process} has recovered its ledger from its fellows`;
    case 'run':
      return `${process} begins the run`;
    case 'end':
      return `${process} ends the run`;
  }
}
