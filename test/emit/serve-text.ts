/** A gateway from its text: compiled, started and served on loopback, in the test's own process. What a test reads of it comes with it. */
import { nodeWorld } from "../../runtime/hosts/node/world.ts";
import { serve, type ServeOptions, type Serving } from "../../runtime/hosts/node/serve.ts";
import type { World } from "../../runtime/contract/world.ts";
import type { Started } from "../../runtime/contract/gateway.ts";
import type { AccessEntry } from "../../runtime/observe/access-entry.ts";
import { compileFiles, errorsOf } from "../harness/compile-files.ts";
import { startProgram } from "./compiled.ts";

export type ServedText = {
  readonly serving: Serving;
  readonly log: readonly AccessEntry[];
  readonly faults: readonly unknown[];
};
type Variables = Readonly<Record<string, string>>;
export type Given = { readonly variables?: Variables; readonly world?: Partial<World>; readonly options?: Partial<ServeOptions> };

/** Throws what the compiler finds, or what the start refuses. */
export async function startText(text: string, variables: Variables = {}): Promise<Exclude<Started, { readonly problems: unknown }>> {
  const compiled = await compileFiles([{ file: "gateway.gwl", text }]);
  if (errorsOf(compiled).length > 0) throw new Error(compiled.text);
  const started = startProgram(compiled.compilation.program)({ stage: undefined, variables });
  if ("problems" in started) throw new Error(started.problems.join("; "));
  return started;
}

export async function serveText(text: string, { variables = {}, world = {}, options = {} }: Given = {}): Promise<ServedText> {
  const started = await startText(text, variables);
  const log: AccessEntry[] = [];
  const faults: unknown[] = [];
  const serving = await serve(
    started,
    { ...nodeWorld(), ...world },
    { address: "127.0.0.1", sites: [], log: (entry) => log.push(entry), fault: (_id, what) => faults.push(what), ...options },
  );
  return { serving, log, faults };
}
