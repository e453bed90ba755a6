/** A plain good request for a route of a generated program, from a chosen address and by a chosen caller. */
import { bodyBytes } from "./bodies.ts";
import { choices } from "./choices.ts";
import { OPEN_DOOR } from "./doors.ts";
import { GOOD_HANDSHAKE } from "./handshakes.ts";
import type { Generated, GeneratedRoute, GeneratedSegment } from "./generated.ts";
import { type GeneratedRequest, NOON } from "./requests.ts";
import { segmentText } from "./routes.ts";
import { scalarType, shapeOf } from "./scalars.ts";
import { keyAt } from "./api-keys.ts";
import { token } from "./tokens.ts";
import { GRADES, quoted } from "./vocabulary.ts";

/** The choice that is always the first one: no flaw, the plainest value. */
const PLAINEST = choices([]);

/** As the program knows the route. */
export function routeKey({ method, segments }: GeneratedRoute): string {
  return `${method} /${segments.map(shown).join("/")}`;
}

/** A union has no name of its own. */
const UNIONS: Readonly<Record<string, string>> = { Grade: GRADES.map(quoted).join(" | "), Step: "1 | 2 | 3" };

function shown(segment: GeneratedSegment): string {
  if (segment.kind !== "param") return segmentText(segment);
  if (segment.type === "Plain") return `{${segment.name}}`;
  return `{${segment.name}: ${UNIONS[segment.type] ?? scalarType(segment.type, false)}}`;
}

/** `variant` tries other values of parameters, since another route may be nearer to the first ones. */
export function witness(
  generated: Generated,
  route: GeneratedRoute,
  peer: string,
  caller: readonly string[],
  variant: number,
): GeneratedRequest {
  const identities = generated.identities.filter(({ name }) => caller.includes(name));
  const body = route.body === undefined ? new Uint8Array() : bodyBytes(PLAINEST, route.body);
  const credentials = identities.map((identity) => {
    const text = identity.kind === "api_key" ? keyAt(identity, 0) : token(PLAINEST, identity, NOON);
    return identity.header === undefined ? (["Authorization", `Bearer ${text}`] as const) : ([identity.header, text] as const);
  });
  return {
    method: route.method === "ANY" ? "DELETE" : route.method,
    target: `/${route.segments.map((segment) => segmentValue(segment, variant)).join("/")}`,
    httpVersion: "1.1",
    headers: [
      ["Host", generated.hosts[0] ?? "shop.example"],
      ...credentials,
      ...(route.isUpgrade ? GOOD_HANDSHAKE : []),
      ...(body.length === 0
        ? []
        : ([
            ["Content-Type", "application/json"],
            ["Content-Length", String(body.length)],
          ] as const)),
    ],
    peer,
    secure: false,
    body,
    isBodyCut: false,
    ...(route.isPrivate === true ? { entry: { listener: OPEN_DOOR } } : {}),
    now: NOON,
    areKeysAvailable: true,
  };
}

function segmentValue(segment: GeneratedSegment, variant: number): string {
  if (segment.kind === "literal") return segment.text;
  if (segment.kind === "rest") return ["rest", "rest/of/it", ""][variant % 3] ?? "";
  const values = segment.type === "Plain" ? ["plain", "other", "u%20v"] : (shapeOf(segment.type).path?.good ?? []);
  return values[variant % values.length] ?? "";
}
