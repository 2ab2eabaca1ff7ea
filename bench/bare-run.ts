// A whole run by plain spawn: node bare-run.js INPUT FOLDER BRANCH_PROGRAM CUSTOMER_PROGRAM [check]
// With "check" the processes record their history, and it is checked meanwhile.
import path from 'node:path';
import { runFiles } from '../bank/topology.ts';
import { CheckAlong } from '../checker/check.ts';
import { BareBank } from './bank.ts';
import { endTogether } from './launch.ts';
import { readScenario } from './scenario.ts';

const [input = '', folder = '', branch = '', customer = '', check] = process.argv.slice(2);

endTogether();
const history = check === 'check';
const scenario = readScenario(input);
const bank = await BareBank.open({ programs: { branch, customer }, scenario, history, folder });
// As in a run, the check goes along with it.
const along = history ? new CheckAlong(path.join(folder, runFiles.history)) : undefined;
await bank.visitAll();
await bank.close();
if (along !== undefined) {
  const verdict = await along.conclude();
  if (verdict.verdict === 'invalid') throw new Error(`the run is ${verdict.verdict}`);
}
