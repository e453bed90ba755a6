/** The shop is the example that people judge the language by: no word, operator or type of it is missing there. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { nodeHost } from "../../../compiler/cli/node-host.ts";
import { CONSTRUCTS } from "../../../compiler/constructs/index.ts";
import { compile } from "../../../compiler/index.ts";
import type { Type } from "../../../compiler/model/types.ts";
import { OPERATORS } from "../../properties/coverage-goals.ts";
import { SHOP } from "./shop.ts";

/** Of those who bring rules from AWS, and what asks them is a weight that the shop's handler need not carry: `test/cases/access` shows them. */
const OF_AWS: readonly string[] = ["arn", "resource_policy", "endpoint_policy"];
/** A shop has one door; doors of other kinds are shown where access is what an example is about. */
const DOORS: ReadonlySet<string> = new Set(["entry", "tls", "mtls", "proxy_protocol", "via"]);
/** What a gateway does with calls beside deciding them: each word has its case in `test/cases`, and a manual page with an example. */
const OF_TRAFFIC: ReadonlySet<string> = new Set(
  (
    "health outliers retry breaker cors remove rename rewrite validate answer security_headers compress decompress " +
    "map returns compose deprecated release throttle quota concurrency plan store cache observe metrics traces log"
  ).split(" "),
);
/** Of doors, and of bodies that are mapped. */
const ELSEWHERE: ReadonlySet<string> = new Set(["entryFact", "record", "each", "item", "answerBody"] satisfies (keyof typeof OPERATORS)[]);
/** What only later issues give a use: `rate` (throttling), `status`, and `method` and `regex`, which are no types of values here. */
type Later = "rate" | "status" | "poison" | "principal" | "secret" | "regex" | "method" | "timeOfDay" | "range";
const TYPES: Readonly<Record<Exclude<Type["kind"], Later>, true>> = {
  bool: true,
  int: true,
  decimal: true,
  string: true,
  duration: true,
  size: true,
  percent: true,
  time: true,
  ip: true,
  url: true,
  arn: true,
  accountId: true,
  uuid: true,
  literals: true,
  set: true,
  list: true,
  map: true,
  record: true,
  newtype: true,
  optional: true,
  network: true,
};

const compiled = compile(join(SHOP, "gateway.gwl"), nodeHost(SHOP), "check");

test("compiles without a single finding", async () => {
  expect((await compiled).diagnostics).toEqual([]);
});

test("every operator and every type", async () => {
  const { value } = await compiled;
  const operators = new Set<string>();
  const kinds = new Set<string>();
  const waiting: unknown[] = [value.program];
  for (let part = waiting.pop(); part !== undefined; part = waiting.pop()) {
    if (typeof part !== "object" || part === null) continue;
    if ("op" in part && typeof part.op === "string") operators.add(part.op);
    if ("kind" in part && typeof part.kind === "string") kinds.add(part.kind);
    if ("operator" in part && typeof part.operator === "string") operators.add(part.operator);
    waiting.push(...(part instanceof Map || part instanceof Set ? part.values() : Object.values(part)));
  }
  const wanted = [...Object.keys(OPERATORS).filter((name) => !ELSEWHERE.has(name)), "==", "!=", "<", "<=", ">"];
  expect(wanted.filter((operator) => !operators.has(operator))).toEqual([]);
  expect(Object.keys(TYPES).filter((kind) => !kinds.has(kind))).toEqual([]);
});

test("every word, every method, every way to combine networks", () => {
  const text = readdirSync(SHOP)
    .filter((name) => name.endsWith(".gwl"))
    .map((name) => readFileSync(join(SHOP, name), "utf8"))
    .join("\n");
  const words = [
    ...new Set(CONSTRUCTS.flatMap((construct) => construct.words).filter((word) => !OF_AWS.includes(word))),
    "GET",
    "HEAD",
    "POST",
    "PUT",
    "PATCH",
    "DELETE",
    "OPTIONS",
    "ANY",
  ];
  for (const algebra of [/= \w+ \+ \w+/, /= \w+ - \w+/, /\w+ & \w+/]) expect(text).toMatch(algebra);
  expect(
    words.filter((word) => !DOORS.has(word) && !OF_TRAFFIC.has(word) && !new RegExp(`^\\s*(?:.*[{,]\\s*)?${word}\\b`, "m").test(text)),
  ).toEqual([]);
});
