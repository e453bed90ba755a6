/** One request that two versions of a gateway decide differently, found by what a difference says and shown by the reference interpreter. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { AccessDifference, AccessDifferences } from "../analyze/diff/access-differences.ts";
import type { CallRegion } from "../analyze/diff/call-regions.ts";
import { lowestAddress } from "../analyze/diff/joint-classes.ts";
import { type Cube, joined, primeCubes } from "../analyze/diff/prime-cubes.ts";
import type { TextsShared } from "../analyze/diff/segment-texts.ts";
import { type AddressSet, addressSetOfCidrs, intersection, isEmptySet } from "../model/address-ranges.ts";
import { FALSE, GIVEN_UP } from "../model/boolean-diagram.ts";
import type { Expr } from "../model/expression.ts";
import { childrenOf } from "../model/expression-children.ts";
import type { Ir } from "../model/ir.ts";
import { allLevels } from "../model/placed-route.ts";
import type { Program } from "../model/program.ts";
import { explainRequest } from "../reference/index.ts";
import { testConfiguration } from "../testing/configuration.ts";
import { askedAsWanted } from "../testing/handshake.ts";
import { stageRequest } from "../testing/test-request.ts";
import { type Answering, valuesFor, type WantedAnswer } from "./answered-as.ts";
import { asking, callOf, type CallFrame, type MadeCall, USUAL_TIME } from "./call-of.ts";
import { candidatesFor } from "./candidates.ts";
import { clientAddresses } from "./client-addresses.ts";
import { questionOf } from "./question-of.ts";
import type { Scenario } from "./scenario.ts";

/** `before` and `after`: what becomes of it in each version. */
export type Witness = MadeCall & { readonly before: Outcome; readonly after: Outcome };

export type WitnessSearch = {
  readonly before: Program;
  readonly after: Program;
  /** What both were lowered to. */
  readonly irs: { readonly before: Ir; readonly after: Ir };
  readonly scenario: Scenario;
  readonly compared: AccessDifferences;
  readonly shared: TextsShared;
  /** Values for variables that sources leave open. */
  readonly environment: Readonly<Record<string, string | undefined>>;
};

const MOST_CUBES = 12;
const MOST_REGIONS = 6;
const MOST_ASKED = 60;

/** Undefined: none was found. That proves nothing. */
export async function witnessOf(difference: AccessDifference, search: WitnessSearch): Promise<Witness | undefined> {
  if (difference.when === GIVEN_UP) return undefined;
  const { diagram } = search.compared;
  let asked = 0;
  let cubes = 0;
  for (const cube of primeCubes(diagram, difference.when, difference.never)) {
    if (++cubes > MOST_CUBES) return undefined;
    const inCube = joined(diagram, cube);
    const regions = difference.regions.filter((region) => diagram.and(inCube, search.compared.conditionOf(region)) !== FALSE);
    for (const region of regions.filter(hasSample).slice(0, MOST_REGIONS)) {
      for (const call of callsIn(difference, region, cube, search)) {
        if (++asked > MOST_ASKED) return undefined;
        const before = await decided(search.before, call, search);
        const after = await decided(search.after, call, search);
        if (before && after && shows(difference, before, after, search)) return { ...call, before, after };
      }
    }
  }
  return undefined;
}

function hasSample({ path }: CallRegion): boolean {
  return path.every(({ sample }) => sample !== undefined);
}

function shows(difference: AccessDifference, before: Outcome, after: Outcome, { irs }: WitnessSearch): boolean {
  const [lets, refuses] = difference.kind === "opens" ? [after, before] : [before, after];
  const number = difference.kind === "opens" ? difference.after : difference.before;
  const route = (difference.kind === "opens" ? irs.after : irs.before).routes[number ?? -1];
  return lets.decision.effect === "allow" && refuses.decision.effect === "deny" && lets.decision.route === route?.key;
}

/** A caller who signs is one of a file: each is tried. */
function* callsIn(difference: AccessDifference, region: CallRegion, cube: Cube, search: WitnessSearch): Iterable<MadeCall> {
  const { compared, scenario, shared } = search;
  const wanted = cube.flatMap(({ variable, isTrue }): readonly WantedAnswer[] => {
    const one = compared.asked.get(variable);
    return one === undefined || one.kind === "identity" ? [] : [{ expr: questionOf(one), isTrue }];
  });
  const from = shownAddress(difference.addresses);
  const [program, number] = difference.kind === "opens" ? [search.after, difference.after] : [search.before, difference.before];
  const route = (difference.kind === "opens" ? search.irs.after : search.irs.before).routes[number ?? -1];
  if (from === undefined || route === undefined) return;
  const identities = scenario.caller.flatMap((name) => program.identities.find((one) => one.name === name) ?? []);
  const frame: CallFrame = {
    region,
    from,
    addresses: difference.addresses,
    scenario,
    identities,
    body: route.body,
    wantedVersion: versionFields(region, program),
  };
  const answering = answeringIn(frame, search);
  const asksSigner = identities.some(({ kind }) => kind === "sigv4");
  const values = valuesFor(asksSigner ? wanted.filter(({ expr }) => !readsCaller(expr)) : wanted, answering);
  if (values === undefined) return;
  const call = callOf(frame, values, shared);
  if (!asksSigner) return yield call;
  const callers = identities.flatMap((identity) => (identity.kind === "sigv4" ? identity.callers : []));
  for (const { arn } of callers.slice(0, MOST_ASKED)) {
    const as = call.request.as.map((one, at) => (identities[at]?.kind === "sigv4" ? { ...one, claims: { arn } } : one));
    yield { ...call, request: { ...call.request, as } };
  }
}

/** How the interpreter answers questions about calls of a frame. */
export function answeringIn(frame: CallFrame, { before, after, shared, environment }: Omit<WitnessSearch, "compared">): Answering {
  const blocksOf = (network: string): readonly string[] =>
    [after, before].flatMap(({ networks }) => networks.find(({ name }) => name === network)?.cidrs ?? []);
  const clients = (questions: readonly Expr[]): readonly string[] => [
    frame.from,
    ...clientAddresses(
      frame.addresses,
      networksIn(questions).map((network) => addressSetOfCidrs(network.includes("/") ? network.split(", ") : blocksOf(network))),
    ),
  ];
  return {
    candidates: (leaf, questions) => [
      ...(leaf.op === "clientIp" ? clients(questions) : []),
      ...candidatesFor(leaf, questions, USUAL_TIME, shared, blocksOf),
    ],
    answers: asking(after, frame, environment, shared),
  };
}

/** Where `gwl explain` says that a call comes from if nobody says it, or the lowest of all. */
function shownAddress(addresses: AddressSet): string | undefined {
  return isEmptySet(intersection(addresses, addressSetOfCidrs([`${NOBODY_IN_PARTICULAR}/32`])))
    ? lowestAddress(addresses)
    : NOBODY_IN_PARTICULAR;
}

const NOBODY_IN_PARTICULAR = "192.0.2.1";

/** Their names, or their blocks. */
function networksIn(questions: readonly Expr[]): readonly string[] {
  return questions.flatMap((expr) => (expr.op === "network" ? [expr.name] : networksIn(childrenOf(expr))));
}

function readsCaller(expr: WantedAnswer["expr"]): boolean {
  return JSON.stringify(expr).includes('"op":"principal') || JSON.stringify(expr).includes('"op":"aws');
}

/** What a request says to get a version that is chosen so. */
function versionFields({ version }: CallRegion, { gateway }: Program): CallFrame["wantedVersion"] {
  const api = allLevels(gateway).find((level) => level.level === "api" && `${level.name} ${level.version ?? ""}` === version);
  if (api?.level !== "api" || api.choice === undefined) return [];
  const { by, name } = api.choice;
  if (by === "header") return [[name, String(api.version)]];
  return [["Accept", by === "media" ? name : `application/json;${name}=${api.version}`]];
}

async function decided(program: Program, { request, environment }: MadeCall, search: WitnessSearch): Promise<Outcome | undefined> {
  const stage = program.stages.length === 0 ? undefined : request.stage;
  const configuration = testConfiguration(program, stage, { ...search.environment, ...environment }, request.as);
  const staged = stageRequest(request, program, configuration);
  const explanation = await askedAsWanted(
    staged.request,
    (one) => explainRequest(program, configuration, one, staged.world),
    (answer) => ("problems" in answer ? undefined : answer.outcome),
  );
  return "problems" in explanation ? undefined : explanation.outcome;
}
