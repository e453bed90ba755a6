/** A gateway of two versions with its supervisor, as `node server.js` starts it. */
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { until } from "../../cli/gwl.ts";
import { type AdminAnswer, adminCall } from "../../figures/admin-call.ts";
import { buildVersions, type Version } from "../../figures/two-versions.ts";
import { type Backend, backend } from "../shop/parties.ts";
import { endOf, type Gateway, portOf, startGateway } from "../shop/gateway-process.ts";

export type Worker = { readonly pid: number; readonly artefact: string; readonly state: string };
export type Supervised = {
  readonly gateway: Gateway;
  readonly port: number;
  /** Where `server.js` is. */
  readonly folder: string;
  readonly admin: (method: "GET" | "POST", path: string, body?: object | string) => Promise<AdminAnswer>;
  readonly workers: () => Promise<readonly Worker[]>;
  /** Until so many are left. */
  readonly come: (count: number) => Promise<void>;
  readonly artefact: () => Promise<string>;
};
export type TwoVersions = {
  readonly bundle: (version: Version) => string;
  readonly backend: () => Backend;
  readonly start: (variables?: Readonly<Record<string, string>>, folder?: string) => Promise<Supervised>;
  /** A folder that is gone with the test. */
  readonly scratch: () => string;
  /** A copy of a version's bundle. */
  readonly copyOf: (version: Version) => string;
};

export function twoVersions(): TwoVersions {
  let folder = "";
  let bundles: Readonly<Record<Version, string>> = { A: "", B: "" };
  let up: Backend | undefined;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "gwl-versions-"));
    bundles = buildVersions(folder);
    up = await backend("up");
  });
  afterAll(() => {
    up?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const scratch = (): string => {
    const made = mkdtempSync(join(tmpdir(), "gwl-supervised-"));
    onTestFinished(() => rmSync(made, { recursive: true, force: true }));
    return made;
  };
  const here = (): Backend => {
    if (up === undefined) throw new Error("the backend does not run yet");
    return up;
  };
  const copyOf = (version: Version): string => {
    const copy = join(scratch(), "bundle");
    cpSync(bundles[version], copy, { recursive: true });
    return copy;
  };
  const start = async (variables: Readonly<Record<string, string>> = {}, from = copyOf("A")): Promise<Supervised> => {
    const socket = join(scratch(), "admin");
    const gateway = startGateway(from, { WORKERS: "2", PORT: "0", BACKEND: here().url, ADMIN_SOCKET: socket, ...variables });
    onTestFinished(async () => {
      gateway.child.kill("SIGKILL");
      await endOf(gateway);
    });
    const admin: Supervised["admin"] = (method, path, body) => adminCall(socket, method, path, body);
    const version = async (): Promise<AdminAnswer["body"]> => (await admin("GET", "/-/version")).body;
    const workers = async (): Promise<readonly Worker[]> => (await version())["workers"] as readonly Worker[];
    const come = async (count: number): Promise<void> => {
      const end = performance.now() + 20_000;
      while ((await workers()).length !== count) {
        if (performance.now() > end) throw new Error(`there are not ${count} workers`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    };
    return {
      gateway,
      port: await portOf(gateway),
      folder: from,
      admin,
      workers,
      come,
      artefact: async () => String((await version())["artefact"]),
    };
  };
  return { bundle: (version) => bundles[version], backend: here, start, scratch, copyOf };
}

/** The events that the supervisor told. */
export function eventsOf({ gateway }: Pick<Supervised, "gateway">, event: string): readonly Readonly<Record<string, unknown>>[] {
  const lines = gateway.out.split("\n").filter((line) => line.includes(`"event":"${event}"`));
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
}

export async function told(supervised: Pick<Supervised, "gateway">, event: string, count = 1): Promise<Readonly<Record<string, unknown>>> {
  await until(() => eventsOf(supervised, event).length >= count);
  return eventsOf(supervised, event)[count - 1] ?? {};
}
