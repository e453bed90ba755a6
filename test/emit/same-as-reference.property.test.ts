/** Lowered, emitted and run in the kernel, a program answers as the reference says it means: the whole outcome, byte for byte. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Api, Gateway, Group, Identity, Program, Route } from "../../compiler/model/program.ts";
import type { Type } from "../../compiler/model/types.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import { BOOL, GROUPS, INT, optional, STRING } from "../lower/expressions.ts";
import { anyCall, anyProgram, type Call } from "../lower/generators.ts";
import { startProgram } from "./compiled.ts";

const BODY: Type = { kind: "record", fields: [{ name: "amount", type: INT }] };

/** Identities that take the claims of the calls, and routes that take their bodies. */
function complete(program: Program): Program {
  const { gateway } = program;
  if (gateway === undefined) throw new Error("no gateway");
  return {
    ...program,
    secrets: [{ name: "KEY", kind: "string", span: gateway.span }],
    identities: program.identities.map(withClaims),
    gateway: withBodies(gateway),
  };
}

function withClaims(identity: Identity): Identity {
  const types: Readonly<Record<string, Type>> = { role: optional(STRING), groups: GROUPS, level: INT, mfa: BOOL };
  const headers = identity.name === "Legacy" ? ["x-legacy"] : identity.headers;
  return { ...identity, headers, claims: Object.entries(types).map(([name, type]) => ({ name, claim: name, type, span: identity.span })) };
}

const IDENTITIES = ["Customer", "Service", "Legacy"];

type Level = Gateway | Api | Group | Route;

/** `accept` in the order of declaration: which challenge of a 401 comes first is not what is asked here. */
function withBodies<L extends Level>(given: L): L {
  const level =
    given.accept === undefined
      ? given
      : {
          ...given,
          accept: given.accept.toSorted((a, b) => IDENTITIES.indexOf(a[0] ?? "") - IDENTITIES.indexOf(b[0] ?? "")),
        };
  if (level.level === "route") return level.method === "POST" ? { ...level, body: BODY } : level;
  return { ...level, children: level.children.map(withBodies) };
}

function keysOf(level: Level): readonly string[] {
  return level.level === "route" ? [level.key] : level.children.flatMap(keysOf);
}

function pathsOf(program: Program): readonly string[] {
  const keys = program.gateway === undefined ? [] : keysOf(program.gateway);
  return ["", "/shop", "/shop/g"].flatMap((base) => keys.map((key) => `${base}${key.split(" ")[1] ?? ""}`));
}

const anyRequest = fc.record({
  call: anyCall,
  path: fc.nat(20),
  token: fc.boolean(),
  both: fc.integer({ min: 0, max: 3 }).map((n) => n === 0),
  head: fc.boolean(),
});

function requestOf(
  program: Program,
  {
    call,
    path,
    token,
    both,
    head,
  }: { readonly call: Call; readonly path: number; readonly token: boolean; readonly both: boolean; readonly head: boolean },
) {
  const paths = pathsOf(program);
  const identity = IDENTITIES[call.identity] ?? "Customer";
  const test = {
    method: head ? "HEAD" : call.method,
    target: paths[path % paths.length] ?? "/",
    from: call.client,
    as: token ? IDENTITIES.filter((name) => name === identity || both).map((name) => ({ identity: name, claims: call.claims })) : [],
    headers: call.fields.map(([name, value]) => [name, value] as const),
    body: call.body,
    stage: call.stage,
  };
  const configuration = testConfiguration(program, call.stage);
  return { configuration, ...stageRequest(test, program, configuration) };
}

test("compiled and reference give the same outcome", async () => {
  const seen = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(anyProgram, fc.array(anyRequest, { minLength: 6, maxLength: 12 }), async (drawn, requests) => {
      const program = complete(drawn);
      const [compiled, reference] = [startProgram(program), startReference(program)];
      for (const drawnRequest of requests) {
        const { configuration, request, world } = requestOf(program, drawnRequest);
        const [ours, theirs] = [compiled(configuration), reference(configuration)];
        if ("problems" in ours || "problems" in theirs) throw new Error("does not start");
        const outcome = await ours.gateway.handle(request, world);
        expect(outcome).toEqual(await theirs.gateway.handle(request, world));
        seen.set(outcome.decision.cause, (seen.get(outcome.decision.cause) ?? 0) + 1);
      }
    }),
    { numRuns: 250 },
  );
  expect([...seen.keys()]).toEqual(expect.arrayContaining(["rule", "default", "unauthenticated", "no-route", "method-not-allowed"]));
});
