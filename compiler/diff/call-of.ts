/** A request by which questions about a call are answered as they should be, and the scene that the interpreter asks them in. */
import { bindProgram } from "../reference/configuration.ts";
import { evaluate } from "../reference/evaluate.ts";
import type { Bound, Scene } from "../reference/scene.ts";
import type { CallRegion } from "../analyze/diff/call-regions.ts";
import { placedParameter } from "../analyze/diff/route-pairs.ts";
import type { TextsShared } from "../analyze/diff/segment-texts.ts";
import type { AddressSet } from "../model/address-ranges.ts";
import { childrenOf } from "../model/expression-children.ts";
import type { Expr } from "../model/expression.ts";
import type { Identity, Program, Route, TestRequest } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { testConfiguration } from "../testing/configuration.ts";
import type { Values } from "./answered-as.ts";
import { sampleValue } from "./sample-value.ts";
import type { Scenario } from "./scenario.ts";

/** Of a call that the questions do not fix; `body` is that of the route that lets it in. */
export type CallFrame = {
  readonly region: CallRegion;
  readonly from: string;
  /** It may come from any of them. */
  readonly addresses: AddressSet;
  readonly scenario: Scenario;
  readonly identities: readonly Identity[];
  readonly body: Route["body"];
  readonly wantedVersion: readonly (readonly [name: string, value: string])[];
};

export type MadeCall = { readonly request: TestRequest; readonly environment: Readonly<Record<string, string>> };

/** Monday, at noon UTC: what `gwl explain` takes where nobody says when. */
export const USUAL_TIME = Date.UTC(2026, 5, 15, 12);

export function callOf(
  { region, from, scenario, identities, body, wantedVersion }: CallFrame,
  values: Values,
  shared: TextsShared,
): MadeCall {
  const texts = region.path.map((text, at) => String(values.get(`pathParam ${placedParameter(at)}`) ?? text.literal ?? text.sample ?? "x"));
  const query = new URLSearchParams(listed(values, "query "));
  const now = values.get("now");
  const sent = bodyWith(body === undefined ? undefined : sampleValue(body, shared), values);
  const request: TestRequest = {
    method: region.method,
    target: `/${texts.map(inPath).join("/")}${query.size === 0 ? "" : `?${query}`}`,
    from: String(values.get("clientIp") ?? from),
    ...(scenario.door === undefined ? {} : { via: scenario.door }),
    as: identities.map((identity, at) => ({ identity: identity.name, claims: claimsOf(identity, values, at === 0, shared) })),
    headers: [...listed(values, "header "), ...wantedVersion],
    ...(sent === undefined ? {} : { body: sent }),
    ...(typeof now === "number" ? { at: now } : {}),
    ...(scenario.stage === undefined ? {} : { stage: scenario.stage }),
  };
  const set = [...values].flatMap(([key, value]) =>
    key.startsWith("env ") && value !== undefined ? [[key.slice("env ".length), String(value)]] : [],
  );
  return { request, environment: Object.fromEntries(set) };
}

/** Fields of a header or query by name; a list is as many. */
function listed(values: Values, prefix: string): [string, string][] {
  return [...values].flatMap(([key, value]) => {
    if (!key.startsWith(prefix) || value === undefined) return [];
    const all: readonly unknown[] = Array.isArray(value) ? value : [value];
    return all.map((one): [string, string] => [key.slice(prefix.length), String(one)]);
  });
}

function inPath(text: string): string {
  return encodeURIComponent(text).replaceAll("%3A", ":").replaceAll("%40", "@");
}

function claimsOf(identity: Identity, values: Values, isFirst: boolean, shared: TextsShared): Readonly<Record<string, Value>> {
  if (identity.kind === "sigv4") return {};
  const said = identity.claims.flatMap(({ name, type }) => {
    const key = `principalField ${JSON.stringify([identity.name, name])}`;
    const value = values.has(key) ? values.get(key) : type.kind === "optional" ? undefined : sampleValue(type, shared);
    return value === undefined ? [] : [[name, value] as const];
  });
  const id = isFirst ? values.get("principalId") : undefined;
  return { [identity.subject]: "u1", ...Object.fromEntries(said), ...(id === undefined ? {} : { [identity.subject]: id }) };
}

/** Members that are chosen, deepest last; what stands around them is made. */
function bodyWith(usual: Value | undefined, values: Values): Value | undefined {
  let body = usual;
  for (const [key, value] of values) {
    if (!key.startsWith("body ")) continue;
    body = withMember(body, JSON.parse(key.slice("body ".length)) as readonly string[], value);
  }
  return body;
}

function withMember(around: Value | undefined, [name, ...path]: readonly string[], value: Value | undefined): Value | undefined {
  if (name === undefined) return value;
  const members = typeof around === "object" && !Array.isArray(around) ? (around as Readonly<Record<string, Value>>) : {};
  const { [name]: before, ...others } = members;
  const member = withMember(before, path, value);
  return member === undefined ? others : { ...others, [name]: member };
}

/** Asks a question about a call as the interpreter would, once its caller is known and its body read. */
export type Asking = (question: Expr, values: Values) => boolean;

export function asking(
  program: Program,
  frame: CallFrame,
  environment: Readonly<Record<string, string | undefined>>,
  shared: TextsShared,
): Asking {
  const configuration = testConfiguration(program, frame.scenario.stage ?? program.stages[0], environment, []);
  const binding = bindProgram(program, configuration);
  if ("problems" in binding) return () => false;
  const { bound } = binding.program;
  const scenes = new WeakMap<Values, Scene>();
  const sceneOf = (values: Values): Scene => {
    const known = scenes.get(values) ?? sceneIn(frame, bound, values, shared);
    scenes.set(values, known);
    return known;
  };
  return (question, values) => {
    const scene = sceneOf(values);
    const networks = blocksIn(question);
    const numbers = numbersIn(question);
    const whole = networks.length === 0 && numbers.length === 0 ? scene : withTyped(scene, networks, numbers);
    return evaluate(question, whole, undefined) === true;
  };
}

function sceneIn(frame: CallFrame, bound: Bound, values: Values, shared: TextsShared): Scene {
  const { request } = callOf(frame, values, shared);
  const parameters = frame.region.path.map((text, at) => {
    const name = placedParameter(at);
    return [name, values.get(`pathParam ${name}`) ?? text.literal ?? text.sample ?? "x"] as const;
  });
  const set = [...values].flatMap(([key, value]) =>
    key.startsWith("env ") && value !== undefined ? [[key.slice("env ".length), value] as const] : [],
  );
  const [path = "/", query = ""] = request.target.split("?");
  return {
    ...bound,
    variables: { ...bound.variables, ...Object.fromEntries(set) },
    method: request.method === "HEAD" ? "GET" : request.method,
    request: {
      client: request.from,
      path,
      host: "localhost",
      fields: request.headers.map(([name, value]) => [name.toLowerCase(), value]),
      query: [...new URLSearchParams(query)].map(([name, value]) => ({ name, value })),
      parameters: Object.fromEntries(parameters),
      now: request.at ?? USUAL_TIME,
    },
    callers: request.as.map(({ identity, claims }, at) => ({
      identity,
      id: String(claims[frame.identities[at]?.subject ?? "sub"] ?? "u1"),
      claims,
    })),
    ...(request.body === undefined ? {} : { body: request.body }),
  };
}

/** With the networks of a question by their blocks, and texts of the path as the numbers that it takes them for. */
function withTyped(scene: Scene, networks: Scene["networks"], numbers: readonly string[]): Scene {
  const { request } = scene;
  const read = numbers.map((name) => [name, Number(request?.parameters[name])] as const);
  const parameters = { ...request?.parameters, ...Object.fromEntries(read) };
  return {
    ...scene,
    networks: [...scene.networks, ...networks],
    ...(request === undefined ? {} : { request: { ...request, parameters } }),
  };
}

function numbersIn(expr: Expr): readonly string[] {
  if (expr.op === "pathParam") return expr.type.kind === "int" ? [expr.name] : [];
  return childrenOf(expr).flatMap(numbersIn);
}

/** Networks that are named by their blocks. */
function blocksIn(expr: Expr): Scene["networks"] {
  return expr.op === "network" ? [{ name: expr.name, addresses: expr.name.split(", ") }] : childrenOf(expr).flatMap(blocksIn);
}
