// A whole run by plain spawn: node bare-run.js INPUT FOLDER BRANCH_PROGRAM CUSTOMER_PROGRAM [check]
// With "check" the processes record their history, and it is checked at the end.
import path from 'node:path';
import { runFiles } from '../bank/topology.ts';
import { checkHistory } from '../checker/check.ts';
import { BareBank } from './bank.ts';
import { endTogether } from './launch.ts';
import { readScenario } from './scenario.ts';

const [input = '', folder = '', branch = '', customer = '', check] = process.argv.slice(2);

endTogether();
const history = check !== undefined;
const scenario = readScenario(input);
const bank = await BareBank.open({ programs: { branch, customer }, scenario, history, folder });
await bank.visitAll();
await bank.close();
if (check === 'check') {
  const verdict = await checkHistory(path.join(folder, runFiles.history));
  if (verdict.verdict === 'invalid') throw new Error(`the run is ${verdict.verdict}`);
}
