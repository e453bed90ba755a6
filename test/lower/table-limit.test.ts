/** Programs whose decision table would explode: what they compile to, and the time for it, grow with what they say. */
import { describe, expect, test } from "vitest";
import { emit } from "../../compiler/emit/index.ts";
import { lower } from "../../compiler/lower/index.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import type { Program } from "../../compiler/model/program.ts";
import * as e from "./expressions.ts";
import { program, route, statements } from "./program-builder.ts";

const block = (at: number): string => `${10 + (at >> 16)}.${(at >> 8) & 255}.${at & 255}.0/24`;
const networksOf = (count: number, blocks: (at: number) => readonly string[]): Record<string, readonly string[]> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`n${at}`, blocks(at)]));

/** Each route lets in a network of its own. */
function networkForEachRoute(count: number): Program {
  const site = statements();
  const children = Array.from({ length: count }, (_, at) => route(`GET /r${at}`, { access: [site.allow(e.inNetwork(`n${at}`))] }));
  return program({ statements: site, networks: networksOf(count, (at) => [block(at)]), children });
}

/** One level demands many networks, so that each class has all rules but one left. */
function manyDemands(count: number): Program {
  const site = statements();
  const access = [
    ...Array.from({ length: count }, (_, at) => site.require(e.inNetwork(`n${at}`))),
    site.allow(e.equal(e.method, e.value("GET"))),
  ];
  return program({ statements: site, networks: networksOf(count, (at) => [block(at)]), children: [route("GET /", { access })] });
}

/** Each network holds the one before, so that the classes are in as many networks as there are pairs of them. */
function nested(count: number): Program {
  const site = statements();
  const access = Array.from({ length: count }, (_, at) => site.deny(e.inNetwork(`n${at}`)));
  const span = (at: number): readonly string[] => Array.from({ length: 32 }, (_, bit) => bit).flatMap((bit) => rangeBlock(at + 1, bit));
  return program({ statements: site, networks: networksOf(count, span), children: [route("GET /", { access })] });
}

/** The block of `[0, end)` that belongs to one bit of its end. */
function rangeBlock(end: number, bit: number): readonly string[] {
  if (((end >>> bit) & 1) === 0) return [];
  const first = (end >>> (bit + 1)) * 2 ** (bit + 1);
  return [`10.${(first >> 16) & 255}.${(first >> 8) & 255}.${first & 255}/${32 - bit}`];
}

type Grown = { readonly ir: Ir; readonly bytes: number; readonly seconds: number };

function compiled(made: Program): Grown {
  const started = performance.now();
  const ir = lower(made);
  const { handler, tables } = emit(ir, new Map());
  return { ir, bytes: handler.length + tables.length, seconds: (performance.now() - started) / 1000 };
}

describe.each([
  ["a network for each route", networkForEachRoute, 2_200],
  ["many demands on one level", manyDemands, 1_000],
  ["networks inside networks", nested, 1_500],
] as const)("%s", (_, make, count) => {
  test("within the limit every network is told by classes", () => {
    const { classes, tableLimit } = lower(make(200));
    expect([classes.lone, tableLimit]).toEqual([undefined, undefined]);
  });

  test("beyond it twice as much is at most two and a half times the size, and the time grows alike", { timeout: 120_000 }, () => {
    compiled(make(300));
    const [once, twice] = [compiled(make(count)), compiled(make(count * 2))];
    expect(once.ir.tableLimit).toMatchObject({ most: 4_000_000, networks: count });
    expect(twice.ir.tableLimit?.lone).toBeGreaterThan(count);
    expect(twice.bytes / once.bytes).toBeLessThan(2.5);
    expect(twice.seconds).toBeLessThan(once.seconds * 5 + 1);
  });
});

test("networks that say who is a trusted proxy stay classes, however large the table", () => {
  const site = statements();
  const networks = { proxies: ["10.0.0.0/24"], office: ["192.0.2.0/24"] };
  const access = [site.deny(e.inNetwork("office")), site.deny(e.inNetwork("proxies"))];
  const made = program({
    statements: site,
    networks,
    gateway: { trustProxies: [e.network("proxies")] },
    children: [route("GET /", { access })],
  });
  const { classes, settings } = lower(made, 0);
  expect(classes.lone?.map(({ label }) => label)).toEqual(["office"]);
  expect(settings.trustedClasses).toEqual(classes.networks[0]?.classes);
});
