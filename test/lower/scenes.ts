/** A generated call as the pipeline would see it on a route of a generated program. */
import { builtNetworks } from "../../compiler/reference/networks.ts";
import type { Ir } from "../../compiler/model/ir.ts";
import type { Gateway, Program } from "../../compiler/model/program.ts";
import { type PlacedRoute, placedRoutes } from "../../compiler/reference/placed-route.ts";
import type { Scene } from "../../compiler/reference/scene.ts";
import type { Call } from "./generators.ts";

export function gatewayOf({ gateway }: Program): Gateway {
  if (gateway === undefined) throw new Error("no gateway");
  return gateway;
}

export function placedRoute(program: Program, key: string): PlacedRoute {
  const placed = placedRoutes(gatewayOf(program)).find(({ route }) => route.key === key);
  if (placed === undefined) throw new Error(`no route ${key}`);
  return placed;
}

export function sceneOf(program: Program, ir: Ir, key: string, call: Call): Scene {
  const placed = placedRoute(program, key);
  const isPublic = ir.routes.find((route) => route.key === key)?.isPublic === true;
  const accept = isPublic ? [] : placed.accept;
  const caller = accept[call.identity % Math.max(1, accept.length)] ?? [];
  const labelled = ir.classes.networks.map(({ label }) => ({ name: label, addresses: label.split(", ") }));
  return {
    stage: call.stage,
    variables: {},
    documents: [],
    signers: [],
    authorizers: [],
    api: "",
    networks: [...builtNetworks(program), ...labelled],
    route: placed.facts,
    method: placed.route.method === "ANY" ? call.method : placed.route.method,
    request: { client: call.client, path: "/", host: "", fields: call.fields, query: [], parameters: {}, now: 0 },
    callers: caller.map((identity) => ({ identity, id: "u", claims: call.claims })),
    body: call.body,
  };
}
