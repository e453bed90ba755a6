/** Runs the mutation check alone and prints its table: `node test/mutation/main.ts [PART OF A FAULT'S WORDS OR FILE]...`. Exit code 1 where a fault went unnoticed. */
import { runMutations } from "./run.ts";
import { mutationTable } from "./table.ts";

const verdicts = await runMutations(2, process.argv.slice(2), ({ fault, noticedBy, seconds }, done, all) => {
  process.stderr.write(`${done}/${all} ${noticedBy ?? "NOT NOTICED"} after ${seconds.toFixed(0)} s: ${fault.what}\n`);
});
console.log(mutationTable(verdicts));
process.exitCode = verdicts.every((verdict) => verdict.noticedBy !== undefined) ? 0 : 1;
