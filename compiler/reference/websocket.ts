/** `backend X = websocket { ... }`: which requests may be upgraded, and the handshake that a server gets (D300, D301; RFC 6455 section 4). */
import type { Answer, Cause, HeaderField } from "../../runtime/contract/gateway.ts";
import type { WebsocketBackend } from "../model/program.ts";
import type { BackendBinder, BoundBackend } from "./backend.ts";
import type { BoundProgram } from "./bound-program.ts";
import type { CanonicalRequest } from "./canonical-request.ts";
import { isToken, trimBlanks, valueOf, valuesOf } from "./fields.ts";
import type { Forwarding } from "./forward.ts";
import { bindServers } from "./http-backend.ts";
import type { PlacedRoute } from "./placed-route.ts";
import { namesOrigin } from "./shaping/cors.ts";

export function bindWebsocketBackend(backend: WebsocketBackend, binder: BackendBinder): BoundBackend {
  const { name, rules } = backend;
  const { servers, answer } = bindServers(backend, binder);
  const upgraded = (forwarding: Forwarding): Answer => {
    const { target, key, headers, responseHeaders, movedHeaders } = answer(forwarding);
    const { fields } = forwarding.request;
    const offers = rules.compression ? deflateOffers(fields) : [];
    return {
      kind: "websocket",
      backend: name,
      target,
      ...(key !== undefined && { key }),
      headers: headers.filter(([field]) => field === "sec-websocket-protocol" || !HANDSHAKE.includes(field)),
      nonce: valueOf(fields, "sec-websocket-key") ?? "",
      ...(offers.length > 0 && { extensions: offers.join(", ") }),
      responseHeaders,
      ...(movedHeaders && { movedHeaders }),
    };
  };
  return { name, host: { kind: "websocket", ...servers, rules }, answer: upgraded };
}

const HANDSHAKE: readonly string[] = ["key", "version", "extensions", "accept"].map((what) => `sec-websocket-${what}`);

/** A route is for upgrades or it is not. */
export function upgradeFault(program: BoundProgram, { route, levels }: PlacedRoute, request: CanonicalRequest): Cause | undefined {
  const { target } = route;
  const backend = target.kind === "backend" ? program.program.backends.find(({ name }) => name === target.backend) : undefined;
  if (backend?.kind !== "websocket") return request.isUpgrade ? "malformed" : undefined;
  if (!request.isUpgrade) return "upgrade-required";
  const all = (name: string): readonly string[] => valuesOf(request.fields, name);
  const versions = all("sec-websocket-version");
  const keys = all("sec-websocket-key");
  const origins = all("origin");
  if (versions.length !== 1 || keys.length > 1 || origins.length > 1) return "malformed";
  if (versions[0] !== "13") return "upgrade-required";
  if (!isNonce(keys[0] ?? "") || !areOffers(all("sec-websocket-protocol"))) return "malformed";
  const [origin] = origins;
  const isLetIn = origin === undefined || backend.anyOrigin === true || namesOrigin(levels, origin, program.bound);
  return isLetIn ? undefined : "cross-origin";
}

/** Base64 of 16 bytes, as it is written and not otherwise. */
function isNonce(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+==$/.test(text) || text.length !== 24) return false;
  return btoa(atob(text)) === text;
}

/** Names of subprotocols, each once. */
function areOffers(values: readonly string[]): boolean {
  const names = values.join(",").split(",").map(trimBlanks);
  if (values.length === 0) return true;
  return names.every((name, at) => isToken(name) && names.indexOf(name) === at);
}

function deflateOffers(fields: readonly HeaderField[]): readonly string[] {
  const text = valuesOf(fields, "sec-websocket-extensions").join(",");
  return text.includes('"') ? [] : text.split(",").map(trimBlanks).filter(isDeflate);
}

/** `permessage-deflate` with parameters that have no value, or a number. */
function isDeflate(offer: string): boolean {
  const [name = "", ...parameters] = offer.split(";").map(trimBlanks);
  return /^permessage-deflate$/i.test(name) && parameters.every((one) => /^[a-z_]+(?:[ \t]*=[ \t]*[0-9]+)?$/i.test(one));
}
