/** A gateway compiled from its text and served over real sockets, before a backend that the test brings. */
import type { RequestListener } from "node:http";
import { compress } from "../../runtime/hosts/node/compress.ts";
import { readWhole } from "../../runtime/hosts/node/upstream/whole-answer.ts";
import { nodeWorld } from "../../runtime/hosts/node/world.ts";
import { serve } from "../../runtime/hosts/node/serve.ts";
import type { AccessEntry } from "../../runtime/observe/access-entry.ts";
import type { World } from "../../runtime/contract/world.ts";
import { startProgram } from "../emit/compiled.ts";
import { compileFiles, errorsOf } from "../harness/compile-files.ts";
import { httpBackend, portOf } from "../runtime/hosts/served.ts";

export type OpenGateway = {
  readonly port: number;
  readonly faults: readonly unknown[];
  /** Lines of the log. */
  readonly entries: readonly AccessEntry[];
  readonly close: () => Promise<void>;
};

/** `text` may use `BACKEND`, the backend's URL, and `NOWHERE`, where nobody listens. */
export async function openGateway(text: string, listener: RequestListener, world: Partial<World> = {}): Promise<OpenGateway> {
  const backend = await httpBackend(listener);
  const compiled = await compileFiles([
    { file: "gateway.gwl", text: `gwl 1\nenv BACKEND: Url\nenv NOWHERE: Url = "http://127.0.0.1:1"\n${text}` },
  ]);
  if (errorsOf(compiled).length > 0) throw new Error(compiled.text);
  const variables = { BACKEND: `http://127.0.0.1:${portOf(backend)}` };
  const started = startProgram(compiled.compilation.program)({ stage: undefined, variables });
  if ("problems" in started) throw new Error(started.problems.join("; "));
  const faults: unknown[] = [];
  const entries: AccessEntry[] = [];
  const options = {
    port: 0,
    address: "127.0.0.1",
    sites: [],
    log: (entry: AccessEntry) => void entries.push(entry),
    compress,
    readWhole,
    fault: (_id: string, what: unknown) => void faults.push(what),
  };
  const serving = await serve(started, { ...nodeWorld(), ...world }, options);
  const close = async (): Promise<void> => {
    await serving.stop(0);
    backend.closeAllConnections();
    backend.close();
  };
  return { port: serving.port, faults, entries, close };
}
