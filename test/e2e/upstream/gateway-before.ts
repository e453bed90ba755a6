/** A gateway compiled from GWL, served on loopback before backends that the test gives. `backend` is what stands in the braces of `http`. */
import { http2Backend } from "../../../runtime/hosts/node/upstream/http2-backend.ts";
import { serve } from "../../../runtime/hosts/node/serve.ts";
import { nodeWorld } from "../../../runtime/hosts/node/world.ts";
import type { HostEvent } from "../../../runtime/observe/observer.ts";
import { nobody } from "../../../runtime/observe/observer.ts";
import type { AccessEntry } from "../../../runtime/observe/access-entry.ts";
import { startProgram } from "../../emit/compiled.ts";
import { compileFiles, errorsOf } from "../../harness/compile-files.ts";

export type Before = {
  readonly port: number;
  readonly log: readonly AccessEntry[];
  readonly faults: readonly unknown[];
  readonly events: readonly HostEvent[];
  readonly close: () => Promise<void>;
};

export async function gatewayBefore(backend: string, more = ""): Promise<Before> {
  const text = `gwl 1
${more}
backend main = http { ${backend} }
gateway test { listen 8080, limits { idle_timeout: 5s } }
ANY "/{rest: Rest}" -> main { public because "a test" }
`;
  const compiled = await compileFiles([{ file: "gateway.gwl", text }]);
  if (errorsOf(compiled).length > 0) throw new Error(compiled.text);
  const started = startProgram(compiled.compilation.program)({ stage: undefined, variables: {} });
  if ("problems" in started) throw new Error(started.problems.join("; "));
  const log: AccessEntry[] = [];
  const faults: unknown[] = [];
  const events: HostEvent[] = [];
  const serving = await serve(started, nodeWorld(), {
    address: "127.0.0.1",
    port: 0,
    sites: [],
    backends: { http: http2Backend },
    observers: [{ ...nobody, happened: (event) => void (isOfBackend(event) && events.push(event)) }],
    log: (entry) => log.push(entry),
    fault: (_id, what) => faults.push(what),
  });
  return { port: serving.port, log, faults, events, close: () => serving.stop(0) };
}

function isOfBackend({ kind }: HostEvent): boolean {
  return kind === "breaker" || kind === "target";
}
