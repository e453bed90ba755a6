import { describe, expect, test } from "vitest";
import { ecKey, edKey, rsaKey } from "../harness/tokens.ts";
import { declared } from "./declared.ts";

const KEYS = JSON.stringify({ keys: [ecKey({ kid: "a" }).jwk] });

/** A good identity but for what `settings` say instead. */
const jwt = (settings: Readonly<Record<string, string | undefined>> = {}): string => {
  const all = {
    issuer: 'issuer: "https://i.example"',
    audience: 'audience: "a"',
    algorithms: "algorithms: [ES256]",
    keys: 'keys: from "k.json"',
    ...settings,
  };
  return `secret K: String\nidentity I = jwt {\n${Object.values(all)
    .filter((line) => line !== undefined)
    .join("\n")}\n}`;
};
const told = async (settings: Readonly<Record<string, string | undefined>>, keys: string = KEYS): Promise<readonly string[]> =>
  (await declared(jwt(settings), { "k.json": keys })).told;

describe("a jwt identity", () => {
  test("has what its settings say, and defaults", async () => {
    const text = `env ISSUER: Url\n${jwt({ issuer: "issuer: ISSUER", audience: 'audience: ["a", "b"]', claims: 'claims { sub: String, "x:groups" as groups: Set<String>, tenant: String? }' })}`;
    const { program, told: findings } = await declared(text, { "k.json": KEYS });
    expect(findings).toEqual([]);
    expect(program.identities).toMatchObject([
      {
        kind: "jwt",
        name: "I",
        issuer: { op: "env", name: "ISSUER" },
        audience: [{ value: "a" }, { value: "b" }],
        algorithms: ["ES256"],
        keys: { kind: "static", keys: [{ kty: "EC", kid: "a" }] },
        headers: [],
        leeway: 30_000,
        claims: [
          { claim: "sub", name: "sub", type: { kind: "string" } },
          { claim: "x:groups", name: "groups", type: { kind: "set" } },
          { claim: "tenant", name: "tenant", type: { kind: "optional" } },
        ],
      },
    ]);
    expect(program.inputs.map(({ file, kind }) => `${file} ${kind}`)).toEqual(["main.gwl source", "k.json jwks"]);
  });

  test.each([
    [
      "keys of a URL",
      { keys: 'keys: url "https://i.example/jwks.json"' },
      { keys: { kind: "url", url: { op: "const", value: "https://i.example/jwks.json" } } },
    ],
    [
      "a secret",
      { keys: "secret: K", algorithms: "algorithms: [HS256, HS512]" },
      { keys: { kind: "secret", secret: "K" }, algorithms: ["HS256", "HS512"] },
    ],
    ["a header", { header: 'header: "X-Token"' }, { headers: ["x-token"] }],
    ["a leeway", { leeway: "leeway: 0s" }, { leeway: 0 }],
    ["an issuer for each stage", { issuer: 'issuer: stage { dev: "a", prod: "b" }' }, { issuer: { op: "stageValue" } }],
  ])("can have %s", async (_, settings, expected) => {
    const { program, told: findings } = await declared(jwt(settings), { "k.json": KEYS });
    expect(findings).toEqual([]);
    expect(program.identities).toMatchObject([expected]);
  });

  test.each([
    [{ issuer: undefined }, 'GWL2208 "I": a `jwt` identity needs the setting `issuer`'],
    [{ issuer: 'isuer: "x"' }, 'GWL2207 "isuer": a `jwt` identity has no setting `isuer`'],
    [{ issuer: "issuer: 5" }, 'GWL2401 "5": `String` is expected, and this is `Int`'],
    [{ issuer: 'issuer "x"' }, 'GWL2210 "issuer": `issuer` is written as `issuer: ...`'],
    [{ again: 'issuer: "y"' }, 'GWL2209 "issuer": `issuer` is set twice'],
    [{ audience: "audience: []" }, 'GWL3810 "[]": `audience` is a list in brackets that is not empty'],
    [{ algorithms: "algorithms: []" }, 'GWL3803 "[]": `algorithms` lists no algorithm'],
    [{ algorithms: "algorithms: ES256" }, 'GWL3810 "ES256": `algorithms` is a list in brackets that is not empty'],
    [{ algorithms: "algorithms: [ES256, ES256]" }, 'GWL3804 "ES256": `ES256` is listed twice'],
    [{ algorithms: "algorithms: [ES255]" }, 'GWL3802 "ES255": `ES255` is no algorithm for signing tokens'],
    [{ algorithms: "algorithms: [none]" }, 'GWL3802 "none": `none` is no algorithm for signing tokens'],
    [{ algorithms: "algorithms: [ES256, HS256]" }, 'GWL3805 "HS256": `HS256` and `ES256` cannot be accepted by one identity'],
    [{ keys: undefined }, 'GWL3806 "algorithms": these algorithms need public `keys`'],
    [{ keys: undefined, algorithms: "algorithms: [HS256]" }, 'GWL3806 "algorithms": HS algorithms need a `secret`'],
    [{ secret: "secret: K" }, 'GWL3807 "secret": these algorithms are verified with public keys, not with `secret`'],
    [
      { algorithms: "algorithms: [HS256]", keys: 'keys: url "https://x"' },
      'GWL3807 "keys": these algorithms are verified with a secret, not with `keys`',
    ],
    [{ keys: 'keys: "k.json"' }, 'GWL3808 "\\"k.json\\"": `keys` cannot be `"k.json"`'],
    [{ keys: 'keys: from "none.json"' }, 'GWL2002 "\\"none.json\\"": `none.json` cannot be read: there is no such file'],
    [{ keys: 'secret: "hush"', algorithms: "algorithms: [HS256]" }, 'GWL3809 "\\"hush\\"": `secret` names a declared secret, not a text'],
    [{ keys: "secret: L", algorithms: "algorithms: [HS256]" }, 'GWL2061 "L": there is no secret `L` here'],
    [{ header: 'header: "Authorization"' }, 'GWL3811 "\\"Authorization\\"": the token cannot stand in `Authorization`'],
    [{ header: 'header: "X_Token"' }, 'GWL3811 "\\"X_Token\\"": the token cannot stand in `X_Token`'],
    [{ header: 'header: "cookie"' }, 'GWL3811 "\\"cookie\\"": the token cannot stand in `cookie`'],
    [{ leeway: "leeway: 30" }, 'GWL2403 "30": `30` has no unit, and `Duration` is expected'],
    [{ leeway: "leeway: 1h" }, 'GWL3817 "1h": tokens stay good for 1h after they expire'],
    [{ claims: "claims { id: String }" }, 'GWL3813 "id": rules cannot call a claim `id`: `principal.id` is the token\'s `sub`'],
    [
      { claims: 'claims { "a:b": String }' },
      'GWL3813 "\\"a:b\\"": rules cannot call a claim `a:b`: it is not made of letters, digits and `_`',
    ],
    [{ claims: 'claims { a: String, "b" as a: Int }' }, 'GWL3814 "\\"b\\" as a: Int": the identity has two claims `a`'],
    [{ claims: "claims { sub: String? }" }, 'GWL3816 "String?": the claim `sub` is a text that every token has'],
    [{ claims: "claims { net: List<Network> }" }, 'GWL3815 "List<Network>": the claim `net` cannot be of type `List<Network>`'],
    [{ claims: "claims { a }" }, 'GWL3812 "a": `a` is no claim'],
    [{ claims: "claims: 5" }, 'GWL2210 "claims": `claims` is written as `claims { ... }`'],
  ])("%j is told", async (settings, expected) => {
    expect(await told(settings)).toEqual([expected]);
  });

  test.each([
    ["identity I = kerberos { fields { a: String } }", 'GWL3801 "kerberos": there is no kind of identity `kerberos`'],
    ["identity I = jwtt { }", 'GWL3801 "jwtt": there is no kind of identity `jwtt`'],
    ["identity I = { }", 'GWL2201 "{ }": `identity` needs a kind, such as `jwt`, here, found `{`'],
    ["identity I = jwt", 'GWL2201 "": `identity` needs its settings in braces here, found the end of the line'],
    ["identity i = jwt { }", 'GWL2052 "i": the name of an identity starts with an upper-case letter'],
  ])("%s is told", async (text, expected) => {
    expect((await declared(text)).told).toContain(expected.replace('"{ }"', '"{"'));
  });

  test("of an unknown kind makes no second finding where it is named", async () => {
    const { told: findings } = await declared(
      'identity I = kerberos { fields { a: String } }\npolicy p { allow when principal is I and principal.a == "1" }',
    );
    expect(findings).toEqual(['GWL3801 "kerberos": there is no kind of identity `kerberos`']);
  });
});

describe("a key file", () => {
  const publicOnly = ecKey({ kid: "a" }).jwk;
  const set = (...keys: readonly unknown[]): string => JSON.stringify({ keys });

  test("may hold keys of all known kinds beside one that fits", async () => {
    expect(await told({}, set(publicOnly, rsaKey({ kid: "r" }).jwk, edKey({ kid: "e" }).jwk, ecKey({ kid: "c" }, "P-521").jwk))).toEqual(
      [],
    );
  });

  test("leaves out members that say nothing", async () => {
    const { program } = await declared(jwt(), { "k.json": set({ ...publicOnly, x5c: null }) });
    expect(program.identities[0]).toMatchObject({ keys: { kind: "static", keys: [publicOnly] } });
  });

  test.each([
    ["is no JSON", "{", "GWL3820", "`k.json` is no set of public keys: it is not valid JSON"],
    ["is another JSON", "[]", "GWL3820", "`k.json` is no set of public keys: it has no member `keys` with a list"],
    ["is empty", set(), "GWL3820", "`k.json` is no set of public keys: its list of keys is empty"],
    ["has something else", set(5), "GWL3820", "`k.json` is no set of public keys: not every key in it is an object"],
    ["has a private key", set({ ...publicOnly, d: "AA" }), "GWL3821", "key `a` of `k.json` is a private key"],
    ["has a shared key", set({ kty: "oct", k: "AA" }), "GWL3821", "key 1 of `k.json` is a private key"],
    [
      "has a key of another kind",
      set({ kty: "AKP" }),
      "GWL3822",
      "key 1 of `k.json` cannot verify tokens: its `kty` is none of `RSA`, `EC`, `OKP`",
    ],
    [
      "has another curve",
      set({ ...publicOnly, crv: "secp256k1" }),
      "GWL3822",
      "key `a` of `k.json` cannot verify tokens: its curve is not `P-256`, `P-384`, `P-521`",
    ],
    [
      "has a curve of another kind",
      set({ ...publicOnly, kty: "OKP" }),
      "GWL3822",
      "key `a` of `k.json` cannot verify tokens: its curve is not `Ed25519`",
    ],
    [
      "has a short coordinate",
      set({ ...publicOnly, x: "AAAA" }),
      "GWL3822",
      "key `a` of `k.json` cannot verify tokens: its `x` is not 32 bytes in base64url",
    ],
    [
      "has a small RSA key",
      set(rsaKey({}, 1024).jwk),
      "GWL3822",
      "key 1 of `k.json` cannot verify tokens: its modulus has 1024 bits, and 2048 are the least",
    ],
    [
      "has an even exponent",
      set({ ...rsaKey().jwk, e: "AAAC" }),
      "GWL3822",
      "key 1 of `k.json` cannot verify tokens: its exponent `e` is not an odd number above 1",
    ],
    ["has a wrong member", set({ ...publicOnly, kid: 5 }), "GWL3822", "key 1 of `k.json` cannot verify tokens: its `kid` is not a text"],
    ["repeats an id", set(publicOnly, publicOnly), "GWL3823", "two keys of `k.json` have the id `a`"],
    ["has no key that fits", set(rsaKey().jwk), "GWL3824", "no key of `k.json` fits ES256"],
    ["has a fitting key for something else", set({ ...publicOnly, use: "enc" }), "GWL3824", "no key of `k.json` fits ES256"],
    ["has a key of another algorithm", set({ ...publicOnly, alg: "ES384" }), "GWL3824", "no key of `k.json` fits ES256"],
  ])("that %s is told", async (_, keys, code, message) => {
    expect(await told({}, keys)).toEqual([`${code} "\\"k.json\\"": ${message}`]);
  });
});
