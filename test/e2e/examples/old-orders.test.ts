/** The example of an old server behind a new API: bodies mapped both ways, answers held to their type. */
import { expect, test } from "vitest";
import { until } from "../../cli/gwl.ts";
import { call } from "../shop/gateway-process.ts";
import { backendForAll, startedExample } from "./started-example.ts";

const ORDER = {
  no: "ord_0001",
  pos: [{ art: "mug", cnt: 2, opts: { colour: "red" } }],
  cur: "EUR",
  sum_cents: 900,
  margin: 0.4,
  buyer_notes: "hide",
};

let answer: { readonly status: number; readonly body: object } = { status: 200, body: ORDER };
const seen: { readonly path: string; readonly body: string }[] = [];
const legacy = backendForAll((request, response) => {
  const parts: Buffer[] = [];
  request.on("data", (part: Buffer) => parts.push(part));
  request.on("end", () => {
    seen.push({ path: request.url ?? "", body: Buffer.concat(parts).toString("utf8") });
    response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  });
});
const example = startedExample("old-orders", () => ({ LEGACY_URL: legacy.url() }));

async function answered(what: string, body?: object): Promise<readonly [status: number, body: string]> {
  const { status, text } = await call(example.port(), what, body === undefined ? {} : { body });
  return [status, text];
}

test("an order goes to the old server in its words, and comes back in the new ones", async () => {
  answer = { status: 200, body: ORDER };
  const lines = [
    { sku: "mug", qty: 2 },
    { sku: "cup", qty: 1, gift: true },
  ];
  expect(await answered("POST /v2/orders", { currency: "EUR", lines })).toEqual([200, '{"currency":"EUR","id":"ord_0001","total":900}']);
  expect(seen.at(-1)?.path).toBe("/cgi/neworder");
  expect(seen.at(-1)?.body).toMatch(
    /^\{"cur":"EUR","pos":\[\{"art":"mug","cnt":2,"wrap":"N"\},\{"art":"cup","cnt":1,"wrap":"Y"\}\],"src":\{"at":"[0-9T:.Z-]+","ip":"127\.0\.0\.1"\}\}$/,
  );
});

test("what is for the house stays there", async () => {
  const lines = '"lines":[{"options":{"colour":"red"},"qty":2,"sku":"mug"}]';
  expect(await answered("GET /v2/orders/ord_0001")).toEqual([200, `{"currency":"EUR","id":"ord_0001",${lines},"total":900}`]);
  expect(seen.at(-1)?.path).toBe("/cgi/order/ord_0001");
});

test("what is no order never reaches the old server", async () => {
  const before = seen.length;
  const [status, problem] = await answered("POST /v2/orders", { currency: "EUR", lines: [{ sku: "mug", qty: 0 }], margin: 0 });
  expect([status, problem]).toEqual([400, expect.stringContaining("/lines/0/qty")]);
  expect(seen.length).toBe(before);
});

test("an answer that is no order is told as the program says, and its own errors pass", async () => {
  answer = { status: 200, body: { ...ORDER, sum_cents: "900" } };
  expect(await answered("GET /v2/orders/ord_0001")).toEqual([502, '{"error":"orders cannot be read at the moment"}']);
  // Lines are written some milliseconds later.
  await until(() => example.gateway().out.includes('"misfit":'));
  expect(example.gateway().out).not.toContain("hide");
  answer = { status: 404, body: { err: "no such order" } };
  expect(await answered("GET /v2/orders/ord_0009")).toEqual([404, '{"err":"no such order"}']);
});
