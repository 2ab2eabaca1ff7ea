// Starts a child's bundle from code that V8 has compiled before: a run is mostly process starts,
// and compiling takes a third of one. The build copies this file beside each bundle, as
// `branch.cjs` beside `branch.bundle.js`, and lets each keep what was compiled in a small run.
const fs = require('node:fs');
const { Script } = require('node:vm');

const bundle = __filename.replace(/\.cjs$/, '.bundle.js');
const compiled = `${bundle}.compiled`;

const source = fs.readFileSync(bundle, 'utf8');
const script = new Script(`(function (require, module, exports) {${source}\n})`, {
  filename: bundle,
  cachedData: readCompiled(),
});
// As it ends, so that functions are included which were first called after the start. Code that
// another version of V8 compiled is refused by V8 itself, and compiled again.
if (process.env.TALLY_KEEP_COMPILED)
  process.on('exit', () => fs.writeFileSync(compiled, script.createCachedData()));
script.runInThisContext()(require, module, exports);

function readCompiled() {
  try {
    return fs.readFileSync(compiled);
  } catch {
    // Not made yet, or not to be had: then V8 compiles.
    return undefined;
  }
}
