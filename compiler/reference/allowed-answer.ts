/** What a call that was let through gets: the route's own answer, or the plan of a call to its backend, with all that the route makes of the request. */
import type { Answer, Cause } from "../../runtime/contract/gateway.ts";
import type { Composed } from "../model/composed.ts";
import type { Route } from "../model/program.ts";
import type { BoundBackend } from "./backend.ts";
import type { BoundProgram } from "./bound-program.ts";
import { withCache } from "./cache.ts";
import { evaluate } from "./evaluate.ts";
import { type Forwarding, respond } from "./forward.ts";
import { keyOf } from "./http-backend.ts";
import type { PlacedRoute } from "./placed-route.ts";
import type { Scene } from "./scene.ts";
import { together } from "./shaping/compose.ts";
import { mapped } from "./shaping/map-body.ts";
import { reading } from "./shaping/returned.ts";
import { changedQuery, rewrittenPath } from "./shaping/reshape.ts";
import { textOf } from "./texts.ts";
import { effectiveTransforms, movedFields, setHeaders } from "./transforms.ts";

/** The call as it came. `side`: the backend that a release chose. */
export type Passed = Omit<Forwarding, "key" | "onRequest" | "onResponse" | "moved"> & { readonly side: string | undefined };

/** A cause: something could not stand where it has to. */
export function allowedAnswer(program: BoundProgram, placed: PlacedRoute, passed: Passed, scene: Scene): Answer | Cause {
  const { route, levels } = placed;
  const onRequest = setHeaders(effectiveTransforms(levels, "request"), scene);
  const onResponse = setHeaders(effectiveTransforms(levels, "response"), scene);
  if (!onRequest || !onResponse) return "malformed";
  const moved = movedFields(effectiveTransforms(levels, "response"));
  const forwarding = {
    ...passed,
    ...reshaped(placed, passed, scene),
    key: backendKey(program, route.target, scene),
    onRequest,
    onResponse,
    moved,
  };
  const { target } = route;
  if (target.kind === "respond") return respond(target.response, forwarding);
  if (target.kind === "compose") return composed(program, placed, target.composed, forwarding, scene) ?? "malformed";
  const whole = route.mapBody ? mapped(route.mapBody, forwarding, scene, program.gateway.limits.body) : forwarding;
  if (whole === undefined) return "body-too-large";
  const { jsonDepth } = program.gateway.limits;
  const asked = route.returned ? reading(route.returned, whole, scene, jsonDepth) : whole;
  const planned = backendNamed(program, passed.side ?? target.backend).answer(asked) ?? "malformed";
  if (typeof planned === "string") return planned;
  const { principal, request } = forwarding;
  const { path = "", method } = request;
  return withCache(program, placed, { answer: planned, path, scene, method, principal });
}

function composed(
  program: BoundProgram,
  { levels }: PlacedRoute,
  parts: Composed,
  forwarding: Forwarding,
  scene: Scene,
): Answer | undefined {
  return together(parts, forwarding, scene, {
    query: effectiveTransforms(levels, "query"),
    jsonDepth: program.gateway.limits.jsonDepth,
    backendOf: ({ backend }) => backendNamed(program, backend),
    keyOf: ({ backend }) => backendKey(program, { kind: "backend", backend }, scene),
  });
}

function backendNamed({ backends }: BoundProgram, wanted: string): BoundBackend {
  const backend = backends.find(({ name }) => name === wanted);
  if (backend === undefined) throw new Error(`there is no backend \`${wanted}\``);
  return backend;
}

/** With the path and query that the route says. */
function reshaped({ route, levels }: PlacedRoute, { request, withheld }: Passed, scene: Scene): Pick<Forwarding, "request" | "withheld"> {
  const changes = effectiveTransforms(levels, "query");
  const path = route.rewrite ? rewrittenPath(route.rewrite, scene) : request.path;
  return {
    request: { ...request, path, query: changedQuery(request.query, changes, scene) },
    withheld: withheld && { ...withheld, query: changedQuery(withheld.query, changes, scene) },
  };
}

/** What the backend of a route or of a part shares calls out by. */
function backendKey({ program }: BoundProgram, target: Route["target"], scene: Scene): string | undefined {
  const key = keyOf(program.backends, target);
  return key && textOf(evaluate(key, scene, undefined), key.type);
}

export function toldOf(answer: Answer): string {
  switch (answer.kind) {
    case "forward":
      return `to ${answer.backend}: ${answer.method} ${answer.target}`;
    case "invoke":
      return `to ${answer.backend}: the function is invoked`;
    case "websocket":
      return `to ${answer.backend}: ${answer.target} goes on as WebSocket`;
    case "compose":
      return answer.parts.map(({ name, ask }) => `${name} ${toldOf(ask)}`).join("; ");
    case "local":
      return String(answer.status);
  }
}
