import type { Plan, PlannedVisit } from '../supervisor/plan.ts';
import type { Observer } from '../supervisor/run.ts';
import type { RunRecorder } from '../supervisor/run-record.ts';
import type { Voice } from './voice.ts';

/** Follows a run for whoever watches: what is going on, how far it is, what is waited for. */
export function observeRun(voice: Voice, plan: Plan, recorder: RunRecorder): Observer {
  const events = plan.visits.reduce((sum, visit) => sum + visit.events, 0);
  let eventsBefore = 0;
  let visit: PlannedVisit | undefined;
  const tell = (done: number): void => {
    voice.progress({
      visits: plan.visits.length,
      visitsDone: (visit?.entry ?? 1) - 1,
      events,
      eventsDone: eventsBefore + done,
      atWork:
        visit === undefined
          ? 'the first customer'
          : `${visit.process} (customer ${visit.customer})`,
    });
  };
  return {
    phase: voice.phase,
    serving: (pids) => recorder.serving(pids),
    turn: (entry) => {
      eventsBefore += visit?.events ?? 0;
      visit = plan.visits[entry - 1];
      tell(0);
    },
    progress: (done) => tell(done),
    notice: voice.notice,
  };
}
