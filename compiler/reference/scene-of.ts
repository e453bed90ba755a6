/** What rules may ask about a request once its route is known, all of it as it was at one moment. */
import type { World } from "../../runtime/contract/world.ts";
import type { BoundProgram } from "./bound-program.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import type { Match } from "./match-route.ts";
import { networksNow } from "./networks.ts";
import { queryFields } from "./query.ts";
import type { Scene } from "./scene.ts";

/** `world`: its lists are read here, once. */
export function sceneOf(
  { program, now, world }: { readonly program: BoundProgram; readonly now: number; readonly world: World },
  request: CanonicalRequest,
  { client, secure }: { readonly client: string; readonly secure: boolean },
  { placed, parameters }: Match,
): Scene {
  const method = request.method === "HEAD" && placed.route.method !== "HEAD" ? "GET" : request.method;
  const { fields, path = "", host } = request;
  const query = queryFields(request.query ?? "");
  return {
    ...program.bound,
    networks: networksNow(program.bound.networks, world),
    route: placed.facts,
    method,
    request: { client, path, host: host?.name ?? "", fields, query, parameters, now, secure },
  };
}
