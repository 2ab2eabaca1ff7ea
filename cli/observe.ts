import type { Plan, PlannedVisit } from '../supervisor/plan.ts';
import type { Observer } from '../supervisor/run.ts';
import type { RunRecorder } from '../supervisor/run-record.ts';
import type { Voice } from './voice.ts';

/** Follows a run for whoever watches: what is going on, how far it is, what is waited for. */
export function observeRun(voice: Voice, plan: Plan, recorder: RunRecorder): Observer {
  const events = plan.visits.reduce((sum, visit) => sum + visit.events, 0);
  let eventsBefore = 0;
  let eventsDone = 0;
  let visit: PlannedVisit | undefined;
  let absent = plan.branches.map((branch) => branch.process);
  const waitingFor = (): string => {
    const [first, ...others] = absent;
    if (first !== undefined)
      return others.length === 0 ? first : `${first} and ${others.length} more`;
    return visit === undefined
      ? 'the first customer'
      : `${visit.process} (customer ${visit.customer})`;
  };
  const tell = (): void => {
    voice.progress({
      branches: plan.branches.length,
      branchesServing: plan.branches.length - absent.length,
      visits: plan.visits.length,
      visitsDone: (visit?.entry ?? 1) - 1,
      events,
      eventsDone: eventsBefore + eventsDone,
      waitingFor: waitingFor(),
    });
  };
  return {
    phase: voice.phase,
    serving: (pids) => recorder.serving(pids),
    moved: (place) => recorder.moved(place),
    turn: (entry) => {
      eventsBefore += visit?.events ?? 0;
      eventsDone = 0;
      visit = plan.visits[entry - 1];
      tell();
    },
    progress: (done) => {
      eventsDone = done;
      tell();
    },
    absent: (branches) => {
      absent = [...branches];
      tell();
    },
    notice: voice.notice,
  };
}
