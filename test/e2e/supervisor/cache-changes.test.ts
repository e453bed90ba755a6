/** What one worker has changed none of the host's workers gives any more, once the client has been told: also those of an older bundle, and while one of them stands still. */
import { Agent, request, type Server } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildBundle } from "../../figures/two-versions.ts";
import { httpBackend, portOf } from "../../runtime/hosts/served.ts";
import { type Answer, call } from "../shop/gateway-process.ts";
import { type Supervised, twoVersions } from "./supervised.ts";

const two = twoVersions();

const source = (version: string): string => `gwl 1

env BACKEND: Url
gateway shop { listen 0, set response header "X-Version" = "${version}" }
backend up = http { targets: [BACKEND] }

GET "/things/{id}" -> up { public because "an example", cache 1h for everyone { refresh: anyone } }
PUT "/things/{id}" -> up { public because "an example" }
`;

let backend: Server;
let url = "";
/** By path: how often it was changed, and asked for. */
const state = new Map<string, number>();
const asked = new Map<string, number>();

beforeAll(async () => {
  backend = await httpBackend(({ method, url: path = "" }, response) => {
    if (method === "PUT") state.set(path, (state.get(path) ?? 0) + 1);
    else asked.set(path, (asked.get(path) ?? 0) + 1);
    response.end(`version ${state.get(path) ?? 0}`);
  });
  url = `http://127.0.0.1:${portOf(backend)}`;
});
afterAll(() => {
  backend.closeAllConnections();
  backend.close();
});

const started = (workers: number): Promise<Supervised> =>
  two.start({ WORKERS: String(workers), BACKEND: url }, buildBundle(two.scratch(), "shop", source("A")));

/** Until each worker has kept it: the backend was asked once for each. */
async function warm({ port }: Supervised, path: string, workers: number): Promise<void> {
  const before = asked.get(path) ?? 0;
  for (let at = 0; (asked.get(path) ?? 0) < before + workers; at++) {
    if (at > 50 * workers) throw new Error("the workers do not take turns");
    await call(port, `GET ${path}`);
  }
}

async function texts({ port }: Supervised, path: string, calls: number): Promise<readonly string[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < calls; at++) answers.push(await call(port, `GET ${path}`));
  return [...new Set(answers.map(({ text }) => text))];
}

test("a change through one worker is one in all of them, before the client is told", async () => {
  const supervised = await started(3);
  await warm(supervised, "/things/1", 3);
  await warm(supervised, "/things/2", 3);
  for (let round = 1; round <= 15; round++) {
    expect((await call(supervised.port, "PUT /things/1")).status).toBe(200);
    // Each of the three keeps it then, to be dropped in the next round.
    expect(await texts(supervised, "/things/1", 9)).toEqual([`version ${round}`]);
  }
  expect(asked.get("/things/1")).toBeGreaterThan(3 + 15);
  expect(asked.get("/things/1")).toBeLessThanOrEqual(3 + 15 * 3);
  // What nobody has changed is where it was.
  expect([await texts(supervised, "/things/2", 6), asked.get("/things/2")]).toEqual([["version 0"], 3]);
});

test("so is an answer that somebody has asked for anew", async () => {
  const supervised = await started(3);
  await warm(supervised, "/things/3", 3);
  state.set("/things/3", 7);
  expect(await texts(supervised, "/things/3", 6)).toEqual(["version 0"]);
  const anew = await call(supervised.port, "GET /things/3", { headers: { "cache-control": "no-cache" } });
  expect(anew.text).toBe("version 7");
  expect(await texts(supervised, "/things/3", 6)).toEqual(["version 7"]);
});

test("a worker that stands still holds a change up for a second, and has dropped it when it goes on", async () => {
  const supervised = await started(2);
  await warm(supervised, "/things/4", 2);
  const [one] = await supervised.workers();
  const pid = one?.pid ?? 0;
  process.kill(pid, "SIGSTOP");
  try {
    const begun = performance.now();
    // Calls that are dealt to the one that stands still wait with it.
    const changes = [call(supervised.port, "PUT /things/4"), call(supervised.port, "PUT /things/4")];
    await Promise.race(changes);
    const took = performance.now() - begun;
    expect(took).toBeGreaterThan(900);
    expect(took).toBeLessThan(5_000);
    process.kill(pid, "SIGCONT");
    await Promise.all(changes);
  } finally {
    process.kill(pid, "SIGCONT");
  }
  expect(await texts(supervised, "/things/4", 6)).toEqual(["version 2"]);
});

test("and workers of an older bundle, which still serve connections, hear of it", async () => {
  const supervised = await started(2);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const over = (method: string): Promise<readonly [string, string]> =>
    new Promise((resolve, reject) => {
      const sent = request({ port: supervised.port, host: "127.0.0.1", path: "/things/5", method, agent }, (response) => {
        let text = "";
        response.on("data", (part) => (text += String(part)));
        response.on("end", () => resolve([String(response.headers["x-version"]), text]));
      });
      sent.on("error", reject).end();
    });
  expect(await over("GET")).toEqual(["A", "version 0"]);
  const next = buildBundle(two.scratch(), "shop", source("B"));
  expect((await supervised.admin("POST", "/-/swap", { bundle: next })).status).toBe(200);
  expect((await call(supervised.port, "PUT /things/5")).headers["x-version"]).toBe("B");
  // The connection is the old worker's until its next answer.
  expect(await over("GET")).toEqual(["A", "version 1"]);
  agent.destroy();
});
