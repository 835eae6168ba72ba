#!/usr/bin/env node
// `gatehouse <command>`: the same as `node tools/run.mjs <command>`; alone it says what there is.
const [first] = process.argv.slice(2);
if (first === undefined || first === '--help' || first === '-h') process.argv.splice(2, 1, 'help');
if (first === '--version') process.argv.splice(2, 1, 'version');
await import('./run.mjs');
