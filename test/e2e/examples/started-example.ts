/** An example as a deployment has it: checked, built by the command line and started as a process of its own. */
import { spawn } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import type { RequestListener, Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BIN, ended, environment, gwl } from "../../cli/gwl.ts";
import { httpBackend, portOf as portOfServer } from "../../runtime/hosts/served.ts";
import { endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";

export type StartedExample = { readonly port: () => number; readonly gateway: () => Gateway };

const EXAMPLES = new URL("../../../examples/", import.meta.url).pathname;

/** For all tests of a file. `variables` is asked once backends run. */
export function startedExample(name: string, variables: () => Readonly<Record<string, string>>): StartedExample {
  let gateway: Gateway | undefined;
  let port = 0;
  let folder = "";
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), `gwl-${name}-`)));
    const bundle = join(folder, "bundle");
    const built = await ended(spawn(process.execPath, [BIN, "build", join(EXAMPLES, name), "--out", bundle], { env: environment() }));
    expect({ code: built.code, err: built.code === 0 ? "" : built.err }).toEqual({ code: 0, err: "" });
    gateway = startGateway(bundle, { PORT: "0", ...variables() });
    port = await portOf(gateway);
  });
  afterAll(async () => {
    if (gateway === undefined) return;
    gateway.child.kill("SIGTERM");
    await endOf(gateway);
    rmSync(folder, { recursive: true });
  });
  test("compiles without a word of complaint, and its own tests pass", async () => {
    const [checked, tested] = await Promise.all([gwl(["check", join(EXAMPLES, name)]), gwl(["test", join(EXAMPLES, name)])]);
    expect([checked.code, checked.out + checked.err]).toEqual([0, expect.stringMatching(/^ok .* no errors\n$/)]);
    expect([tested.code, tested.out]).toEqual([0, expect.not.stringContaining("✗")]);
  });
  return {
    port: () => port,
    gateway: () => {
      if (gateway === undefined) throw new Error("the example does not run yet");
      return gateway;
    },
  };
}

/** A backend for all tests of a file. */
export function backendForAll(listener: RequestListener): { readonly url: () => string; readonly end: () => void } {
  let server: Server | undefined;
  beforeAll(async () => {
    server = await httpBackend(listener);
  });
  const end = (): void => {
    server?.closeAllConnections();
    server?.close();
  };
  afterAll(end);
  return { url: () => `http://127.0.0.1:${server === undefined ? 0 : portOfServer(server)}`, end };
}
