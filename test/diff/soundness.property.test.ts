/** What a comparison of two versions says, against the reference interpreter. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Outcome } from "../../runtime/contract/gateway.ts";
import { typeOverlaps } from "../../compiler/check/program/overlap/type-overlap.ts";
import { type Change, comparePrograms } from "../../compiler/diff/compare-programs.ts";
import { addressSetOfCidrs, intersection, isEmptySet } from "../../compiler/model/address-ranges.ts";
import { placedRoutes } from "../../compiler/model/placed-route.ts";
import type { Program, TestRequest } from "../../compiler/model/program.ts";
import { startReference } from "../../compiler/reference/index.ts";
import { testConfiguration } from "../../compiler/testing/configuration.ts";
import { stageRequest } from "../../compiler/testing/test-request.ts";
import { anyCondition, anyCall, type Call } from "../lower/generators.ts";
import { anyEdit, anyWholeProgram, stating } from "./edited-programs.ts";

/** So that what must have been seen is seen on every machine. */
const SEED = 2026;

const { between } = typeOverlaps();

async function changesOf(before: Program, after: Program): Promise<readonly Change[]> {
  const { changes, unlike } = await comparePrograms(before, after, { shared: between, environment: {} });
  expect(unlike).toEqual([]);
  return changes;
}

async function outcomeOf(program: Program, request: TestRequest): Promise<Outcome> {
  const configuration = testConfiguration(program, request.stage, {}, request.as);
  const started = startReference(program)(configuration);
  if ("problems" in started) throw new Error(started.problems.join());
  const staged = stageRequest(request, program, configuration);
  return started.gateway.handle(staged.request, staged.world);
}

const CLAIMS_OF: Readonly<Record<string, readonly string[]>> = {
  Customer: ["role", "groups", "level", "mfa"],
  Service: ["role", "groups"],
  Legacy: ["groups"],
};

/** The call on one of the program's routes, by a caller whom it knows or by nobody. */
function requestOf(program: Program, call: Call, place: number, isKnown: boolean): TestRequest {
  const routes = placedRoutes(program.gateway);
  const placed = routes[place % routes.length];
  const callers = placed?.accept ?? [];
  const caller = isKnown ? (callers[call.identity % Math.max(1, callers.length)] ?? []) : [];
  const path = (placed?.path ?? []).map((segment) => (segment.kind === "literal" ? segment.text : "r0"));
  const method = placed === undefined || placed.route.method === "ANY" ? call.method : placed.route.method;
  return {
    method,
    target: `/${path.join("/")}`,
    from: call.client,
    as: caller.map((identity) => ({
      identity,
      claims: { sub: "u", ...Object.fromEntries(Object.entries(call.claims).filter(([name]) => CLAIMS_OF[identity]?.includes(name))) },
    })),
    headers: call.fields,
    body: call.body,
    stage: call.stage,
  };
}

function covers({ scenario, addresses, after, before }: Change, request: TestRequest, route: string | undefined): boolean {
  const isThere = !isEmptySet(intersection(addresses, addressSetOfCidrs([`${request.from}/${request.from.includes(":") ? 128 : 32}`])));
  const caller = request.as.map(({ identity }) => identity).toSorted();
  return isThere && scenario.stage === request.stage && scenario.caller.join() === caller.join() && (after === route || before === route);
}

const calls = fc.array(fc.tuple(anyCall, fc.nat(9), fc.boolean()), { minLength: 20, maxLength: 30 });

test("whatever the interpreter refuses before and allows after is among what opens, and the other way round", async () => {
  const seen = { opened: 0, closed: 0, shown: 0, undecided: 0 };
  await fc.assert(
    fc.asyncProperty(anyEdit, calls, async ({ before, after }, asked) => {
      const changes = await changesOf(before, after);
      for (const { witness } of changes) seen[witness === undefined ? "undecided" : "shown"]++;
      for (const [call, place, isKnown] of asked) {
        const request = requestOf(after, call, place, isKnown);
        const [old, young] = [await outcomeOf(before, request), await outcomeOf(after, request)];
        if (old.decision.effect === young.decision.effect) continue;
        const kind = young.decision.effect === "allow" ? "opens" : "closes";
        const route = (kind === "opens" ? young : old).decision.route;
        seen[kind === "opens" ? "opened" : "closed"]++;
        expect(changes.some((change) => change.kind === kind && covers(change, request, route))).toBe(true);
      }
    }),
    { numRuns: 40, seed: SEED },
  );
  expect(seen.opened).toBeGreaterThan(5);
  expect(seen.closed).toBeGreaterThan(5);
  expect(seen.undecided).toBeLessThan(seen.shown / 10);
}, 120_000);

test("each request that shows a change is decided so by the interpreter", async () => {
  await fc.assert(
    fc.asyncProperty(anyEdit, async ({ before, after }) => {
      for (const { kind, witness, ...change } of await changesOf(before, after)) {
        if (witness === undefined) continue;
        const effects = [(await outcomeOf(before, witness.request)).decision, (await outcomeOf(after, witness.request)).decision];
        expect(effects.map(({ effect }) => effect)).toEqual(kind === "opens" ? ["deny", "allow"] : ["allow", "deny"]);
        expect(covers({ kind, ...change }, witness.request, effects[kind === "opens" ? 1 : 0]?.route)).toBe(true);
      }
    }),
    { numRuns: 20, seed: SEED },
  );
}, 120_000);

test("nothing differs from itself, and what opens one way closes the other way", async () => {
  const told = ({ kind, before, after, scenario, conditions }: Change, isBack: boolean): string =>
    JSON.stringify([(kind === "opens") !== isBack, isBack ? [after, before] : [before, after], scenario, conditions.isWhole]);
  await fc.assert(
    fc.asyncProperty(anyEdit, async ({ before, after }) => {
      expect(await changesOf(after, after)).toEqual([]);
      const there = (await changesOf(before, after)).map((change) => told(change, false));
      const back = (await changesOf(after, before)).map((change) => told(change, true));
      expect(back.toSorted()).toEqual(there.toSorted());
    }),
    { numRuns: 12, seed: SEED },
  );
}, 120_000);

test("one more allow beside others closes nothing, one more deny or require opens nothing", async () => {
  let opened = 0;
  let closed = 0;
  await fc.assert(
    fc.asyncProperty(anyWholeProgram, anyCondition, fc.nat(9), async (program, when, at) => {
      const states = stating(program, at, "allow", when, ({ access }) =>
        access.some((one) => one.kind === "rule" && one.effect === "allow"),
      );
      const allowed = await changesOf(program, states);
      opened += allowed.length;
      expect(allowed.filter(({ kind }) => kind === "closes")).toEqual([]);
      for (const effect of ["deny", "require"] as const) {
        const refused = await changesOf(program, stating(program, at, effect, when));
        closed += refused.length;
        expect(refused.filter(({ kind }) => kind === "opens")).toEqual([]);
      }
    }),
    { numRuns: 15, seed: SEED },
  );
  expect(opened).toBeGreaterThan(2);
  expect(closed).toBeGreaterThan(5);
}, 120_000);
