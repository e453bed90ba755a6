/**
 * Every cell of the decision table is reached by a request made for it, an address of its class on a path of its route, and the
 * outcome is what the cell says: no rule that is not in it, every rule that is certain in it.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressInClass } from "../../compiler/analyze/index.ts";
import type { Cell, Ir, IrRoute } from "../../compiler/model/ir.ts";
import type { Decision } from "../../runtime/contract/gateway.ts";
import type { GeneratedRoute } from "../arbitraries/generated.ts";
import type { GeneratedRequest } from "../arbitraries/requests.ts";
import { routeKey, witness } from "../arbitraries/witnesses.ts";
import { counterexample } from "./counterexample.ts";
import { PATIENCE, runs, runSize, SEED, shrunk } from "./run-size.ts";
import { ask, type Streams, streams, type Trial, trialOf } from "./trial.ts";

const PROGRAMS = runSize("PROGRAMS", 40);
/** Values of parameters that are tried until the route itself is met. */
const VARIANTS = 6;

describe(`the cells of decision tables (seed ${SEED})`, () => {
  test("each is reached, and decides as it says", PATIENCE, async () => {
    let [reached, hidden] = [0, 0];
    const allReached = async (given: Streams): Promise<void> => {
      const trial = await trialOf(given);
      if (trial === undefined) return;
      const { generated, ir } = trial;
      for (const route of ir.routes) {
        const made = generated.routes.find((candidate) => routeKey(candidate) === keyWithoutVersion(route));
        if (made === undefined) throw new Error(`no generated route ${route.key}`);
        const variant = await meetingVariant(trial, made, route);
        if (variant === undefined) hidden++;
        else reached += await reachCells(trial, made, route, variant);
      }
    };
    await fc.assert(fc.asyncProperty(streams(0), shrunk(allReached)), runs(PROGRAMS));
    expect(reached).toBeGreaterThan(PROGRAMS * 5);
    expect(hidden).toBeLessThan(PROGRAMS / 4);
  });
});

/** Undefined where other routes are nearer to all paths that were tried: then nothing else than a nearer route was met. */
async function meetingVariant(trial: Trial, made: GeneratedRoute, route: IrRoute): Promise<number | undefined> {
  for (let variant = 0; variant < VARIANTS; variant++) {
    const request = wanting(trial.ir, route, witness(trial.generated, made, "192.0.2.1", [], variant));
    const { decision } = await ask(trial.compiled, request, trial.generated);
    if (decision.route === route.key) return variant;
    if (decision.cause === "no-route" || decision.cause === "method-not-allowed") throw new Error(`no request meets ${route.key}`);
  }
  return undefined;
}

/** Of a version that requests choose, the generated route is the same as of the others. */
function keyWithoutVersion({ key, choice }: IrRoute): string {
  return choice === undefined ? key : key.replace(/ version \d+$/, "");
}

/** The request, saying that it wants the route's version, where requests choose it. */
function wanting({ versions = [] }: Ir, { choice, version }: IrRoute, request: GeneratedRequest): GeneratedRequest {
  const chosen = choice === undefined ? undefined : versions[choice];
  const says = chosen?.versions.find(([number]) => number === version)?.[1];
  if (chosen === undefined || says === undefined) return request;
  const fields = {
    header: [chosen.name, says],
    media: ["Accept", says],
    parameter: ["Accept", `text/html;${chosen.name}=${says}`],
  } as const;
  return { ...request, headers: [...request.headers, fields[chosen.by]] };
}

async function reachCells(trial: Trial, made: GeneratedRoute, route: IrRoute, variant: number): Promise<number> {
  const { generated, ir, compiled, configuration } = trial;
  const callers =
    route.accept.length === 0 ? [[]] : route.accept.map((caller) => caller.map((identity) => ir.identities[identity]?.name ?? ""));
  let reached = 0;
  for (const [one, number] of route.cellOfClass.entries()) {
    const address = addressInClass(ir.classes, one);
    const cell = ir.cells[number];
    if (address === undefined || cell === undefined) throw new Error(`class ${one} of ${route.key} has no address or no cell`);
    for (const caller of callers) {
      const request = wanting(ir, route, witness(generated, made, address, caller, variant));
      const { decision } = await ask(compiled, request, generated);
      const fault = decision.route === route.key ? faultOf(decision, cell, ir) : `another route: ${decision.route}`;
      if (fault !== undefined) throw counterexample(generated, configuration, request, `class ${one} of ${route.key}: ${fault}`);
    }
    reached++;
  }
  return reached;
}

function faultOf({ effect, cause, rules }: Decision, cell: Cell, ir: Ir): string | undefined {
  const { request, principal, body } = cell.denies;
  const allows = [cell.allows.request, cell.allows.principal, cell.allows.body];
  const certainDenies = keys(ir, [request], "certain");
  const within = (nodes: readonly number[]): boolean => rules.every((rule) => keys(ir, nodes, "possible").has(rule));
  if (certainDenies.size > 0) {
    const isSo = effect === "deny" && cause === "rule" && [...certainDenies].every((rule) => rules.includes(rule)) && within([request]);
    return isSo ? undefined : `${cause} by ${rules.join(", ")}, where ${[...certainDenies].join(", ")} is certain to deny`;
  }
  if (effect === "allow") return within(allows) ? undefined : `allowed by ${rules.join(", ")}, which the cell does not hold`;
  if (cause === "default") return keys(ir, allows, "certain").size === 0 ? undefined : "denied by default, where an allow is certain";
  if (cause !== "rule") return undefined;
  const isOfOnePhase = [request, principal, body].some((node) => rules.length > 0 && within([node]));
  return isOfOnePhase ? undefined : `denied by ${rules.join(", ")}, which no phase of the cell holds together`;
}

/** Keys of the rules that walking the nodes can collect, or collects for every request. */
function keys(ir: Ir, nodes: readonly number[], which: "possible" | "certain"): ReadonlySet<string> {
  const found = new Set<string>();
  const walk = (number: number): void => {
    const node = ir.nodes[number];
    if (node?.kind === "rule") found.add(ir.rules[node.rule]?.key ?? "?");
    else if (node?.kind === "union") node.parts.forEach(walk);
    else if (which === "possible" && node?.kind === "test") [node.then, node.otherwise].forEach(walk);
    else if (which === "possible" && node?.kind === "lookup") ir.lookups[node.lookup]?.entries.forEach(([, entry]) => walk(entry));
  };
  nodes.forEach(walk);
  return found;
}
