import { afterEach, expect, test } from "vitest";
import type { RequestListener } from "node:http";
import type { Jwk } from "../../../runtime/contract/world.ts";
import { fetchKeys } from "../../../runtime/hosts/node/fetch-keys.ts";
import { lastGood } from "../../../runtime/hosts/node/last-good.ts";
import { httpBackend, portOf } from "./served.ts";

const minute = 60_000;

function issuer(): { calls: number; answer: readonly Jwk[] | undefined; time: number; ask: (refresh?: boolean) => Promise<unknown> } {
  const state = {
    calls: 0,
    answer: [{ kid: "1" }] as readonly Jwk[] | undefined,
    time: 0,
    ask: async (_refresh?: boolean): Promise<unknown> => undefined,
  };
  const get = lastGood<readonly Jwk[]>(
    async () => {
      state.calls++;
      return state.answer;
    },
    () => state.time,
  );
  state.ask = async (refresh = false) => (await get("https://issuer.example", refresh))?.[0]?.["kid"];
  return state;
}

test("keys are kept for ten minutes, then fetched again", async () => {
  const one = issuer();
  expect(await one.ask()).toBe("1");
  one.answer = [{ kid: "2" }];
  one.time = 10 * minute - 1;
  expect([await one.ask(), one.calls]).toEqual(["1", 1]);
  one.time = 10 * minute;
  expect([await one.ask(), one.calls]).toEqual(["2", 2]);
});

test("an unknown key id refreshes at most every thirty seconds", async () => {
  const one = issuer();
  await one.ask();
  one.answer = [{ kid: "2" }];
  one.time = 29_999;
  expect([await one.ask(true), one.calls]).toEqual(["1", 1]);
  one.time = 30_000;
  expect([await one.ask(true), one.calls]).toEqual(["2", 2]);
  expect([await one.ask(true), one.calls]).toEqual(["2", 2]);
});

test("many askers make one call", async () => {
  const one = issuer();
  expect(await Promise.all(Array.from({ length: 50 }, () => one.ask()))).toEqual(Array.from({ length: 50 }, () => "1"));
  expect(one.calls).toBe(1);
});

test("the last good keys serve for a day through an outage; after it there are none", async () => {
  const one = issuer();
  await one.ask();
  one.answer = undefined;
  one.time = 11 * minute;
  expect([await one.ask(), one.calls]).toEqual(["1", 2]);
  expect([await one.ask(), one.calls]).toEqual(["1", 2]);
  one.time = 24 * 60 * minute - 1;
  expect(await one.ask()).toBe("1");
  one.time = 24 * 60 * minute;
  expect(await one.ask()).toBeUndefined();
});

test("an issuer that was never there is asked again after five seconds", async () => {
  const one = issuer();
  one.answer = undefined;
  expect(await one.ask()).toBeUndefined();
  one.time = 4_999;
  await one.ask();
  expect(one.calls).toBe(1);
  one.answer = [{ kid: "1" }];
  one.time = 5_000;
  expect(await one.ask()).toBe("1");
});

const open: { close: () => unknown }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

async function fetchedFrom(listener: RequestListener): Promise<unknown> {
  const server = await httpBackend(listener);
  open.push({ close: () => (server.closeAllConnections(), server.close()) });
  return fetchKeys(`http://127.0.0.1:${portOf(server)}/jwks`);
}

test("a key set is fetched over the network", async () => {
  expect(await fetchedFrom((_request, answer) => void answer.end('{"keys":[{"kty":"EC"},7,null],"other":1}'))).toEqual([{ kty: "EC" }]);
});

const badAnswers: readonly (readonly [name: string, listener: RequestListener])[] = [
  ["a redirect", (_request, answer) => void answer.writeHead(302, { location: "/other" }).end('{"keys":[]}')],
  ["an error with keys", (_request, answer) => void answer.writeHead(500).end('{"keys":[]}')],
  ["no keys", (_request, answer) => void answer.end('{"key":[]}')],
  ["no JSON", (_request, answer) => void answer.end("keys")],
  ["keys twice", (_request, answer) => void answer.end('{"keys":[],"keys":[]}')],
  ["more than 150,000 bytes", (_request, answer) => void answer.end(`{"keys":[]${" ".repeat(150_000)}}`)],
  ["compressed text", (_request, answer) => void answer.writeHead(200, { "content-encoding": "gzip" }).end('{"keys":[]}')],
  [
    "an answer cut short",
    (_request, answer) =>
      void (answer.writeHead(200, { "content-length": 100 }), answer.write('{"keys":[]}'), setTimeout(() => answer.destroy(), 20)),
  ],
  ["a reset", (request) => void request.socket.resetAndDestroy()],
];

test.each(badAnswers)("%s gives no keys", async (_name, listener) => {
  expect(await fetchedFrom(listener)).toBeUndefined();
});

test("silence gives no keys after a second and a half", async () => {
  expect(await fetchedFrom(() => {})).toBeUndefined();
}, 4_000);
