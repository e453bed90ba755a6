/** Requests without manners: any characters anywhere, well-signed tokens that say anything, bodies of any JSON or none. */
import type { Choices } from "./choices.ts";
import type { Generated } from "./generated.ts";
import { type GeneratedRequest, generateRequest } from "./requests.ts";
import { introspectedToken, signedToken } from "./tokens.ts";

export function wildRequest(c: Choices, generated: Generated): GeneratedRequest {
  let request = generateRequest(c, generated);
  const changes = 1 + c.below(3);
  for (let change = 0; change < changes; change++) request = { ...request, ...wildPart(c, request, generated) };
  return request;
}

function wildPart(c: Choices, request: GeneratedRequest, generated: Generated): Partial<GeneratedRequest> {
  switch (c.below(8)) {
    case 0:
      return { method: wildText(c) };
    case 1:
      return { target: c.chance(1, 2) ? `${request.target}${wildText(c)}` : `/${wildText(c)}?${wildText(c)}` };
    case 2:
      return { headers: [...request.headers, [c.chance(1, 2) ? "X-A" : wildText(c), latin1(wildText(c))]] };
    case 3:
      return { headers: request.headers.filter(() => c.chance(2, 3)).flatMap((field) => (c.chance(1, 6) ? [field, field] : [field])) };
    case 4:
      return { peer: wildText(c), httpVersion: c.pick(["1.1", "", "1", "9.9"]) };
    case 5:
      return { body: c.chance(1, 2) ? Buffer.from(JSON.stringify(wildJson(c, 4))) : Buffer.from(c.some(0, 30, () => c.below(256))) };
    default:
      return {
        headers: [
          ...request.headers.filter(([name]) => !/^(?:authorization|x-token)/i.test(name)),
          ...wildToken(c, request.now, generated),
        ],
      };
  }
}

function wildToken(c: Choices, now: number, { identities }: Generated): readonly (readonly [string, string])[] {
  if (identities.length === 0) return [];
  const identity = c.pick(identities);
  const seconds = Math.floor(now / 1000);
  const claims: Record<string, unknown> = { iss: identity.issuer, aud: identity.audience[0], exp: seconds + 60, sub: "u1" };
  for (const { claim } of identity.claims) if (c.chance(3, 4)) claims[claim] = wildJson(c, 3);
  if (c.chance(1, 3))
    claims[c.pick(["iss", "aud", "exp", "nbf", "iat", "sub", "client_id", "azp", "token_use", "scope", "scp"])] = wildJson(c, 2);
  const header = { alg: identity.algorithm, kid: c.chance(1, 8) ? wildJson(c, 1) : "k1" };
  const value = identity.kind === "introspect" ? introspectedToken(c, claims) : signedToken(identity, header, JSON.stringify(claims));
  return [identity.header === undefined ? ["Authorization", `Bearer ${value}`] : [identity.header, value]];
}

const CHARACTERS = [
  "a",
  "/",
  "%",
  "%2",
  "%00",
  "\\",
  "\u0000",
  "\r\n",
  "é",
  "\u{1F600}",
  "\ud800",
  "",
  " ",
  "..",
  "?",
  "#",
  "{",
  '"',
  "0",
  "-",
  "1e9",
  ":",
  "__proto__",
];

function wildText(c: Choices): string {
  return c.some(0, 8, () => c.pick(CHARACTERS)).join("");
}

/** Field values come as one character a byte. */
function latin1(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

function wildJson(c: Choices, depth: number): unknown {
  const flat = c.pick([
    null,
    true,
    false,
    0,
    -0,
    1.5,
    -1,
    1e21,
    2 ** 53,
    Number.MAX_VALUE,
    "",
    "a",
    "gold",
    "\ud800",
    "10.0.0.1",
    "__proto__",
    "2026-01-31",
  ]);
  if (depth === 0 || c.chance(1, 3)) return flat;
  if (c.chance(1, 2)) return c.some(0, 4, () => wildJson(c, depth - 1));
  return Object.fromEntries(
    c.some(0, 3, () => [c.pick(["n", "at", "g", "f0", "f1", "constructor", "toString", ""]), wildJson(c, depth - 1)]),
  );
}
