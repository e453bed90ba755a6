/**
 * Tokens seen before and tokens never seen, RS256. Beside the hit: fast-jwt with its cache. Beside the miss: the bare call of `node:crypto` with a
 * key that is at hand, which no check can beat: it reads no claim, no time and no issuer.
 */
import { generateKeyPairSync, type KeyObject, sign, verify } from "node:crypto";
import { createVerifier } from "fast-jwt";
import { tokenVerifier } from "../../../runtime/access/jwt.ts";
import { verifiedTokens, type VerifiedTokens } from "../../../runtime/access/verified-tokens.ts";
import type { JwtSettings } from "../../../runtime/contract/jwt.ts";
import type { Jwk } from "../../../runtime/contract/world.ts";
import { nodeWorld } from "../../../runtime/hosts/node/world.ts";
import { type Contender, each, freshText } from "../contest/contender.ts";

type Setup = { readonly tokens: number };
type Check = (token: string) => boolean;

const issuer = "https://login.example";

/** `readsTimes`: the bare call knows nothing of them and is not asked. */
function contender(make: (publicKey: KeyObject) => Check, readsTimes = true): (setup: Setup) => Contender {
  return ({ tokens: count }) => {
    const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const check = make(publicKey);
    const tokens = Array.from({ length: count }, (_, at) => token(privateKey, at));
    const isExpiredTaken = readsTimes && check(expired(privateKey));
    const isRight = tokens.every((one) => check(freshText(one))) && !check(spoiled(tokens[0] ?? "")) && !isExpiredTaken;
    return {
      fresh: (round, inputs) => Array.from({ length: inputs }, (_, at) => freshText(tokens[(round * 31 + at) % tokens.length] ?? "")),
      run: each(check),
      wrong: isRight ? undefined : "a good token is refused or a bad one is taken",
    };
  };
}

function token(key: KeyObject, number: number, exp = 4_000_000_000): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: issuer, aud: "api", sub: `caller-${number}`, exp, iat: 1_700_000_000, groups: ["support", `team-${number}`] };
  const signed = `${part({ alg: "RS256", typ: "JWT", kid: "k" })}.${part(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), key).toString("base64url")}`;
}

/** Its first signature character is another. */
function spoiled(good: string): string {
  const at = good.lastIndexOf(".") + 1;
  return good.slice(0, at) + (good[at] === "A" ? "B" : "A") + good.slice(at + 1);
}

function expired(key: KeyObject): string {
  return token(key, 0, 1_700_000_001);
}

function ours(publicKey: KeyObject, known: VerifiedTokens): Check {
  const jwk = { ...publicKey.export({ format: "jwk" }), kid: "k", alg: "RS256", use: "sig" } as unknown as Jwk;
  const settings: JwtSettings = {
    identity: "Caller",
    issuer,
    audience: ["api"],
    clients: [],
    algorithms: ["RS256"],
    keys: { kind: "static", keys: [jwk] },
    leeway: 30_000,
    claims: [],
  };
  const check = tokenVerifier(settings, known);
  const world = nodeWorld();
  return (text) => {
    const given = check(text, world, world.now());
    return "ok" in given && given.ok;
  };
}

const forgetful: VerifiedTokens = { find: () => undefined, keep: () => undefined };

export const contenders = {
  "gwl, seen": contender((key) => ours(key, verifiedTokens())),
  "gwl, new": contender((key) => ours(key, forgetful)),
  "fast-jwt, cached": contender((key) => {
    const pem = key.export({ type: "spki", format: "pem" }).toString();
    return quiet(createVerifier({ key: pem, algorithms: ["RS256"], allowedIss: issuer, allowedAud: "api", cache: 5000 }));
  }),
  "fast-jwt, new": contender((key) => {
    const pem = key.export({ type: "spki", format: "pem" }).toString();
    return quiet(createVerifier({ key: pem, algorithms: ["RS256"], allowedIss: issuer, allowedAud: "api" }));
  }),
  "bare crypto.verify": contender(
    (key) => (text) => {
      const at = text.lastIndexOf(".");
      return verify("sha256", Buffer.from(text.slice(0, at), "latin1"), key, Buffer.from(text.slice(at + 1), "base64url"));
    },
    false,
  ),
};

function quiet(check: (token: string) => unknown): Check {
  return (text) => {
    try {
      check(text);
      return true;
    } catch {
      return false;
    }
  };
}
