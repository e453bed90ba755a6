/** A verifier that remembers and one that does not say the same, whatever comes in whatever order, while time passes and keys change. */
import fc from "fast-check";
import { expect, test } from "vitest";
import type { JwtSettings } from "../../../runtime/contract/jwt.ts";
import type { Jwk, World } from "../../../runtime/contract/world.ts";
import { tokenVerifier } from "../../../runtime/access/jwt.ts";
import { type VerifiedTokens, verifiedTokens } from "../../../runtime/access/verified-tokens.ts";
import { testWorld } from "../../harness/world.ts";
import { cheapSignature } from "../../arbitraries/keys.ts";

const SECOND = 1_767_614_400;
const key = (kid: string): Jwk => ({ kty: "OKP", crv: "Ed25519", kid, x: "AA" });
/** What the issuer may publish, each always the same list; the last two hold one key under one name, and are two lists. */
const SETS = [[key("a")], [key("a"), key("b")], [key("b")], [], [key("a"), key("a")], [key("a")]] as const;

const settings: JwtSettings = {
  identity: "Customer",
  issuer: "https://issuer.example",
  audience: ["shop"],
  clients: [],
  algorithms: ["EdDSA"],
  keys: { kind: "url", url: "https://issuer.example/jwks" },
  leeway: 2_000,
  claims: [{ name: "groups", claim: "groups", type: { kind: "optional", type: { kind: "set", element: { kind: "string" } } } }],
};
const forgetful: VerifiedTokens = { find: () => undefined, keep: () => undefined };

type Token = {
  readonly kid: string;
  readonly sub: string;
  readonly exp: number;
  readonly nbf: number | undefined;
  readonly isGood: boolean;
};
const anyToken: fc.Arbitrary<Token> = fc.record({
  kid: fc.constantFrom("a", "a", "b"),
  sub: fc.constantFrom("u1", "u2"),
  exp: fc.integer({ min: SECOND - 4, max: SECOND + 60 }),
  nbf: fc.option(fc.integer({ min: SECOND - 4, max: SECOND + 30 }), { nil: undefined }),
  isGood: fc.constantFrom(true, true, true, false),
});

function textOf({ kid, sub, exp, nbf, isGood }: Token): string {
  const claims = { iss: settings.issuer, aud: "shop", sub, exp, ...(nbf === undefined ? {} : { nbf }) };
  const [header, payload] = [{ alg: "EdDSA", kid }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url"));
  const signed = `${header}.${payload}`;
  const jwk = { kind: "jwk", jwk: key(isGood ? kid : "c") } as const;
  return `${signed}.${Buffer.from(cheapSignature("EdDSA", jwk, Buffer.from(signed))).toString("base64url")}`;
}

type Step = { readonly token: number; readonly wait: number; readonly keys: number; readonly areKeysThere: boolean };
const anyStep: fc.Arbitrary<Step> = fc.record({
  token: fc.nat(3),
  wait: fc.constantFrom(0, 0, 1, 500, 999, 5_000),
  keys: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(SETS.length - 1) }),
  areKeysThere: fc.constantFrom(true, true, true, false),
});

test("remembering tokens changes no outcome, and saves signatures", async () => {
  let [checked, saved] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyToken, { minLength: 4, maxLength: 4 }),
      fc.array(anyStep, { minLength: 20, maxLength: 40 }),
      async (tokens, steps) => {
        const texts = tokens.map(textOf);
        const [remembering, asking] = [tokenVerifier(settings), tokenVerifier(settings, forgetful)];
        let now = SECOND * 1000;
        for (const step of steps) {
          now += step.wait;
          let signatures = 0;
          const world: World = {
            ...testWorld({ now }),
            keySet: () => Promise.resolve(step.areKeysThere ? SETS[step.keys] : undefined),
            verify: (algorithm, jwk, data, signature) => {
              signatures++;
              return Buffer.from(cheapSignature(algorithm, jwk, data)).equals(signature);
            },
          };
          const text = texts[step.token] ?? "";
          const ours = await remembering(text, world, now);
          const ourSignatures = signatures;
          expect(ours).toEqual(await asking(text, world, now));
          checked += signatures - ourSignatures;
          saved += signatures - 2 * ourSignatures;
        }
      },
    ),
    { numRuns: 1_000 },
  );
  expect(saved).toBeGreaterThan(checked / 4);
});

test("what is remembered is bounded: the oldest tokens are checked again, the last two thousand are not", async () => {
  const known = verifiedTokens();
  const keys = SETS[0];
  const bearer = { principal: { identity: "Customer", id: "u1", claims: {} }, times: { exp: SECOND, nbf: undefined, iat: undefined } };
  const text = (at: number): string => `header.payload.${String(at).padStart(30, "0")}`;
  for (let at = 0; at < 10_000; at++) known.keep({ text: text(at), keys, bearer });
  const found = Array.from({ length: 10_000 }, (_, at) => at).filter((at) => known.find(text(at)) !== undefined);
  expect(found.length).toBeLessThanOrEqual(4_096);
  expect(known.find(text(9_999))).toBeDefined();
});

test("tokens of 8 KiB are forgotten sooner, so that memory is bounded as well", () => {
  const known = verifiedTokens();
  const bearer = { principal: { identity: "Customer", id: "u1", claims: {} }, times: { exp: SECOND, nbf: undefined, iat: undefined } };
  const text = (at: number): string => `${"x".repeat(8_100)}${String(at).padStart(30, "0")}`;
  for (let at = 0; at < 3_000; at++) known.keep({ text: text(at), keys: SETS[0], bearer });
  const characters = Array.from({ length: 3_000 }, (_, at) => known.find(text(at))?.text.length ?? 0).reduce((sum, one) => sum + one, 0);
  expect(characters).toBeLessThanOrEqual(2 * 4 * 1024 * 1024);
  expect(characters).toBeGreaterThan(4 * 1024 * 1024 - 10_000);
});

test("two tokens of one end are two tokens", () => {
  const known = verifiedTokens();
  const bearer = { principal: { identity: "Customer", id: "u1", claims: {} }, times: { exp: SECOND, nbf: undefined, iat: undefined } };
  const end = ".the-same-signature-for-both-of-them";
  known.keep({ text: `a${end}`, keys: SETS[0], bearer });
  expect(known.find(`b${end}`)).toBeUndefined();
  expect(known.find(`a${end}`)).toBeDefined();
});
