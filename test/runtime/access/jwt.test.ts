import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import type { JwtAlgorithm, JwtSettings } from "../../../runtime/contract/jwt.ts";
import type { Jwk, World } from "../../../runtime/contract/world.ts";
import { tokenVerifier } from "../../../runtime/access/jwt.ts";
import { verifySignature } from "../../../runtime/hosts/node/verify-signature.ts";
import { testWorld } from "../../harness/world.ts";

const now = Date.UTC(2026, 0, 1);
const second = now / 1000;
const world: World = { ...testWorld({ now }), verify: verifySignature };
const secret = "a secret of at least thirty-two bytes, or more than that: sixty-four are what HS512 asks of jose";

const asymmetric: readonly JwtAlgorithm[] = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const pairs = new Map<string, { readonly jwk: Jwk; readonly sign: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"] }>();

beforeAll(async () => {
  for (const algorithm of asymmetric) {
    const { publicKey, privateKey } = await generateKeyPair(algorithm, { extractable: true });
    pairs.set(algorithm, { jwk: { ...(await exportJWK(publicKey)), kid: algorithm }, sign: privateKey });
  }
});

function pair(algorithm: string): { readonly jwk: Jwk; readonly sign: Awaited<ReturnType<typeof generateKeyPair>>["privateKey"] } {
  const found = pairs.get(algorithm);
  if (found === undefined) throw new Error(`no keys for ${algorithm}`);
  return found;
}

function settings(changes: Partial<JwtSettings> = {}): JwtSettings {
  return {
    identity: "Customer",
    issuer: "https://issuer.example",
    audience: ["shop", "app"],
    clients: [],
    algorithms: ["ES256"],
    keys: { kind: "static", keys: [pair("ES256").jwk] },
    leeway: 30_000,
    claims: [
      { name: "groups", claim: "cognito:groups", type: { kind: "optional", type: { kind: "set", element: { kind: "string" } } } },
      { name: "tenant", claim: "tenant", type: { kind: "optional", type: { kind: "string" } } },
    ],
    ...changes,
  };
}

const good = { iss: "https://issuer.example", aud: "shop", sub: "u1", exp: second + 60, iat: second };

type Claims = Readonly<Record<string, unknown>>;

function token(claims: Claims = good, header: Claims = {}, algorithm = "ES256"): Promise<string> {
  const key = algorithm.startsWith("HS") ? new TextEncoder().encode(secret) : pair(algorithm).sign;
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: algorithm, kid: algorithm, ...header }).sign(key);
}

/** A token whose parts are given as text, signed rightly: for what jose would not write. */
async function tokenOf(header: string, payload: string): Promise<string> {
  const signed = `${Buffer.from(header).toString("base64url")}.${Buffer.from(payload).toString("base64url")}`;
  const bytes = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, pair("ES256").sign, Buffer.from(signed));
  return `${signed}.${Buffer.from(bytes).toString("base64url")}`;
}

async function verdict(credential: string, changes: Partial<JwtSettings> = {}, some: World = world): Promise<string> {
  const verified = await tokenVerifier(settings(changes))(credential, some, now);
  return verified.ok ? "good" : verified.why;
}

describe("tokens that jose signs", () => {
  test.each(asymmetric)("%s: accepted, and refused with any change of a part", async (algorithm) => {
    const keys = { algorithms: [algorithm], keys: { kind: "static", keys: [pair(algorithm).jwk] } } as const;
    const text = await token(good, {}, algorithm);
    expect(await verdict(text, keys)).toBe("good");
    const parts = text.split(".");
    for (const [at, part] of parts.entries()) {
      for (const place of [0, Math.floor(part.length / 2), part.length - 2]) {
        const other = part[place] === "A" ? "B" : "A";
        const changed = parts.with(at, part.slice(0, place) + other + part.slice(place + 1)).join(".");
        expect(await verdict(changed, keys), `${at}:${place}`).not.toBe("good");
      }
    }
    expect(await verdict(`${parts[0]}.${parts[1]}.`, keys)).toBe("the signature does not fit");
    const zero = Buffer.alloc(Buffer.from(parts[2] ?? "", "base64url").length).toString("base64url");
    expect(await verdict(`${parts[0]}.${parts[1]}.${zero}`, keys)).toBe("the signature does not fit");
  });

  test.each(["HS256", "HS384", "HS512"] as const)("%s by secret, whatever `kid` says", async (algorithm) => {
    const keys = { algorithms: [algorithm], keys: { kind: "secret", secret } } as const;
    expect(await verdict(await token(good, { kid: "any" }, algorithm), keys)).toBe("good");
    expect(await verdict(await token(good, {}, algorithm), { ...keys, keys: { kind: "secret", secret: `${secret}x` } })).toBe(
      "the signature does not fit",
    );
  });

  test("the principal has id and the declared claims that came, by their GWL names", async () => {
    const text = await token({ ...good, "cognito:groups": ["a", "b"], extra: 1, email: "x" });
    expect(tokenVerifier(settings())(text, world, now)).toEqual({
      ok: true,
      principal: { identity: "Customer", id: "u1", claims: { groups: ["a", "b"] } },
    });
  });
});

describe("keys and algorithms", () => {
  test("an algorithm that is not declared is refused, `none` in every spelling, and another key's too", async () => {
    for (const alg of ["none", "None", "NONE", "", "es256", "RS256", "HS256"]) {
      const text = await tokenOf(JSON.stringify({ alg }), JSON.stringify(good));
      expect(await verdict(text)).toBe("the algorithm is not one of the declared");
    }
    const unsecured = new UnsecuredJWT(good).encode();
    expect(await verdict(unsecured)).not.toBe("good");
    expect(await verdict(unsecured, { algorithms: ["HS256"], keys: { kind: "secret", secret } })).not.toBe("good");
  });

  test("a public key never serves as a secret", async () => {
    const { jwk } = pair("RS256");
    const text = await token(good, {}, "HS256");
    for (const algorithms of [["HS256"], ["RS256", "HS256"]] as const) {
      expect(await verdict(text, { algorithms: [...algorithms], keys: { kind: "static", keys: [{ ...jwk, kid: "HS256" }] } })).not.toBe(
        "good",
      );
      const oct = { kty: "oct", k: Buffer.from(secret).toString("base64url"), kid: "HS256" };
      expect(await verdict(text, { algorithms: [...algorithms], keys: { kind: "static", keys: [oct] } })).not.toBe("good");
    }
  });

  test("`kid` names one key that fits; without it one key alone must fit", async () => {
    const { jwk } = pair("ES256");
    const { jwk: other } = pair("RS256");
    const of = (...keys: Jwk[]): Partial<JwtSettings> => ({ keys: { kind: "static", keys }, algorithms: ["ES256", "RS256"] });
    const named = await token();
    const unnamed = await token(good, { kid: undefined });
    expect(await verdict(named, of(other, jwk))).toBe("good");
    expect(await verdict(unnamed, of(other, jwk))).toBe("good");
    expect(await verdict(unnamed, of({ ...jwk, kid: undefined }))).toBe("good");
    expect(await verdict(unnamed, of(jwk, { ...jwk, kid: "b" }))).toContain("not exactly one key fits");
    expect(await verdict(unnamed, of(other))).toContain("not exactly one key fits");
    expect(await verdict(named, of(jwk, jwk))).toBe("several keys have the token's key id");
    expect(await verdict(named, of({ ...other, kid: "ES256" }))).toBe("the named key does not fit the algorithm");
    expect(await verdict(named, of({ ...jwk, kid: "es256" }))).toBe("no key has the token's key id");
    expect(await verdict(named, of({ ...jwk, use: "enc" }))).toBe("the named key does not fit the algorithm");
    expect(await verdict(named, of({ ...jwk, use: "sig", alg: "ES256", key_ops: ["verify"] }))).toBe("good");
    expect(await verdict(named, of({ ...jwk, alg: "ES384" }))).toBe("the named key does not fit the algorithm");
    expect(await verdict(named, of({ ...jwk, key_ops: ["encrypt"] }))).toBe("the named key does not fit the algorithm");
    expect(await verdict(named, of({ ...jwk, crv: "P-384" }))).toBe("the named key does not fit the algorithm");
    expect(await verdict(named, of({ kty: "EC", crv: "P-256", x: "AA", y: "AA", kid: "ES256" }))).toBe("the signature does not fit");
  });

  test("an RSA key under 2048 bits fits nothing", async () => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(
      { name: "RSASSA-PKCS1-v1_5", modulusLength: 1024, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" },
      true,
      ["sign", "verify"],
    );
    const jwk = { ...(await crypto.subtle.exportKey("jwk", publicKey)), kid: "RS256", alg: "RS256" };
    const signed = [{ alg: "RS256", kid: "RS256" }, good].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
    const signature = Buffer.from(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", privateKey, Buffer.from(signed))).toString("base64url");
    const keys = { kind: "static", keys: [{ ...jwk, key_ops: undefined }] } as const;
    expect(await verdict(`${signed}.${signature}`, { algorithms: ["RS256"], keys })).toBe("the named key does not fit the algorithm");
  });

  test.each([
    { jwk: { kty: "EC" } },
    { jku: "https://evil.example" },
    { x5u: "https://evil.example" },
    { typ: "anything" },
    { x5c: ["a"] },
  ])("%j in the header changes nothing", async (header) => {
    expect(await verdict(await tokenOf(JSON.stringify({ alg: "ES256", ...header }), JSON.stringify(good)))).toBe("good");
  });

  test.each([
    ['{"alg":"ES256","crit":["exp"]}', "extensions are not accepted"],
    ['{"alg":"ES256","crit":[]}', "extensions are not accepted"],
    ['{"alg":"ES256","b64":true}', "extensions are not accepted"],
    ['{"alg":"ES256","kid":1}', "`kid` is no string"],
    ['{"alg":"ES256","kid":null}', "`kid` is no string"],
    ['{"alg":["ES256"]}', "no `alg`"],
    ['{"kid":"ES256"}', "no `alg`"],
    ['{"alg":"ES256","alg":"ES256"}', "the header is no JSON object in base64url"],
    ['["ES256"]', "the header is no JSON object in base64url"],
    ['{"alg":"ES256"', "the header is no JSON object in base64url"],
  ])("the header %s is refused", async (header, why) => {
    expect(await verdict(await tokenOf(header, JSON.stringify(good)))).toBe(why);
  });
});

describe("the form", () => {
  test("is three parts of strict base64url in at most 8 KiB", async () => {
    const text = await token();
    const [header = "", payload = "", signature = ""] = text.split(".");
    for (const bad of [
      "",
      ".",
      "..",
      header,
      `${header}.${payload}`,
      `${text}.`,
      `.${text}`,
      ` ${text}`,
      `${text} `,
      `${text}\n`,
      text.replace(".", ".."),
      `${text}=`,
      `${header}=.${payload}.${signature}`,
      text.replaceAll(".", ","),
      JSON.stringify({ payload, signature, protected: header }),
    ]) {
      expect(await verdict(bad), bad.slice(-20)).not.toBe("good");
    }
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const last = alphabet.indexOf(signature.at(-1) ?? "");
    expect(await verdict(`${text.slice(0, -1)}${alphabet[last + 1]}`)).toBe("the signature is not in base64url");
    expect(await verdict(await token({ ...good, filler: "x".repeat(5_800) }))).toBe("good");
    expect(await verdict(await token({ ...good, filler: "x".repeat(6_000) }))).toBe("longer than 8 KiB");
  });

  test.each(['{"a":1,"a":2}', "[]", '"x"', "null", "{", '{"__proto__":1}', '{"a":"\\ud800"}'])(
    "the payload %s is refused",
    async (payload) => {
      expect(await verdict(await tokenOf('{"alg":"ES256"}', payload))).toBe("the payload is no JSON object");
    },
  );
});

describe("registered claims", () => {
  const cases: readonly (readonly [changes: Claims, why: string])[] = [
    [{}, "good"],
    [{ iss: "https://issuer.example/" }, "another issuer"],
    [{ iss: ["https://issuer.example"] }, "another issuer"],
    [{ iss: undefined }, "another issuer"],
    [{ aud: "app" }, "good"],
    [{ aud: ["x", "app"] }, "good"],
    [{ aud: [] }, "another audience"],
    [{ aud: ["shop", 1] }, "another audience"],
    [{ aud: [["shop"]] }, "another audience"],
    [{ aud: "shopper" }, "another audience"],
    [{ aud: undefined }, "another audience"],
    [{ exp: second - 29.999 }, "good"],
    [{ exp: second - 30 }, "expired"],
    [{ exp: undefined }, "no `exp`"],
    [{ exp: String(second + 60) }, "`exp` is no number"],
    [{ exp: null }, "`exp` is no number"],
    [{ nbf: second + 30 }, "good"],
    [{ nbf: second + 30.001 }, "not valid yet"],
    [{ nbf: "0" }, "`nbf` is no number"],
    [{ nbf: null }, "`nbf` is no number"],
    [{ iat: second + 30 }, "good"],
    [{ iat: second + 31 }, "issued in the future"],
    [{ iat: "0" }, "`iat` is no number"],
    [{ iat: undefined }, "good"],
    [{ sub: "" }, "no `sub` of 1 to 256 characters"],
    [{ sub: undefined }, "no `sub` of 1 to 256 characters"],
    [{ sub: 1 }, "no `sub` of 1 to 256 characters"],
    [{ sub: "\u{1f600}".repeat(256) }, "good"],
    [{ sub: "a".repeat(257) }, "no `sub` of 1 to 256 characters"],
    [{ "cognito:groups": ["a", "a"] }, "the claim `cognito:groups` does not fit its type"],
    [{ "cognito:groups": "a" }, "the claim `cognito:groups` does not fit its type"],
    [{ tenant: null }, "the claim `tenant` does not fit its type"],
    [{ tenant: "t" }, "good"],
  ];
  test.each(cases)("%j: %s", async (changes, why) => {
    expect(await verdict(await tokenOf('{"alg":"ES256"}', JSON.stringify({ ...good, ...changes })))).toBe(why);
  });

  test("a declared claim that is missing refuses the token; one of the prototype is missing", async () => {
    for (const claim of ["email", "toString", "constructor"]) {
      const claims = [{ name: "x", claim, type: { kind: "string" } }] as const;
      expect(await verdict(await token(), { claims: [...claims] })).toBe(`the claim \`${claim}\` is missing`);
    }
  });
});

describe("keys by URL", () => {
  const keys = { kind: "url", url: "https://issuer.example/jwks" } as const;

  function serving(...answers: readonly (readonly Jwk[] | undefined | Error)[]): World & { readonly calls: boolean[] } {
    const calls: boolean[] = [];
    const keySet: World["keySet"] = async (_url, refresh) => {
      const answer = answers[calls.push(refresh) - 1];
      if (answer instanceof Error) throw answer;
      return answer;
    };
    return { ...world, keySet, calls };
  }

  test("are asked for once, and again only for an unknown `kid`", async () => {
    const { jwk } = pair("ES256");
    const known = serving([jwk]);
    expect([await verdict(await token(), { keys }, known), known.calls]).toEqual(["good", [false]]);
    const rotated = serving([{ ...jwk, kid: "old" }], [jwk]);
    expect([await verdict(await token(), { keys }, rotated), rotated.calls]).toEqual(["good", [false, true]]);
    const unknown = serving([], []);
    expect([await verdict(await token(), { keys }, unknown), unknown.calls]).toEqual(["no key has the token's key id", [false, true]]);
    const unnamed = serving([]);
    expect([await verdict(await token(good, { kid: undefined }), { keys }, unnamed), unnamed.calls]).toEqual([
      expect.stringContaining("not exactly one"),
      [false],
    ]);
  });

  test("that cannot be had are unavailable, not invalid", async () => {
    for (const failing of [serving(undefined), serving(new Error("no")), serving([], undefined)]) {
      expect(await tokenVerifier(settings({ keys }))(await token(), failing, now)).toMatchObject({ ok: false, cause: "keys-unavailable" });
    }
  });

  test("are not asked for by a token that is refused without them", async () => {
    const none = serving();
    for (const claims of [
      { ...good, iss: "other" },
      { ...good, exp: 1 },
      { ...good, tenant: 1 },
    ])
      await verdict(await token(claims), { keys }, none);
    await verdict("rubbish", { keys }, none);
    expect(none.calls).toEqual([]);
  });
});
