#!/usr/bin/env node
// Starts Tally from today's sources: builds them if they changed, then runs the command line.
import { freshBuild } from './build/build.js';

const folder = await freshBuild();
await import(`${folder}/tally.js`);
