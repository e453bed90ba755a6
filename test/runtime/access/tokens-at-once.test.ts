/** Bytes of tokens stand in one place: what waits for keys must not read those of another. */
import { generateKeyPairSync, sign } from "node:crypto";
import { expect, test } from "vitest";
import { tokenVerifier } from "../../../runtime/access/jwt.ts";
import type { JwtSettings } from "../../../runtime/contract/jwt.ts";
import type { Jwk, World } from "../../../runtime/contract/world.ts";
import { verifySignature } from "../../../runtime/hosts/node/verify-signature.ts";
import { testWorld } from "../../harness/world.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const keys: readonly Jwk[] = [{ ...publicKey.export({ format: "jwk" }), kid: "k", alg: "EdDSA" } as Jwk];
const settings: JwtSettings = {
  identity: "Caller",
  issuer: "https://login.example",
  audience: ["api"],
  clients: [],
  algorithms: ["EdDSA"],
  keys: { kind: "url", url: "https://login.example/keys" },
  leeway: 0,
  claims: [],
};

function token(sub: string, isGood: boolean): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iss: settings.issuer, aud: "api", sub, exp: 4_000_000_000 };
  const signed = `${part({ alg: "EdDSA", kid: "k" })}.${part(claims)}`;
  return `${signed}.${sign(null, Buffer.from(isGood ? signed : "x"), privateKey).toString("base64url")}`;
}

test("tokens that wait for keys at the same time are each judged by their own bytes", async () => {
  const { promise, resolve } = Promise.withResolvers<readonly Jwk[]>();
  const world: World = { ...testWorld(), keySet: () => promise, verify: verifySignature };
  const check = tokenVerifier(settings);
  const texts = Array.from({ length: 20 }, (_, at) => token(`caller-${at}`, at % 3 !== 0));
  const answers = Promise.all(texts.map(async (text) => check(text, world, 1_800_000_000_000)));
  resolve(keys);
  expect((await answers).map((answer) => (answer.ok ? answer.principal.id : answer.cause))).toEqual(
    texts.map((_, at) => (at % 3 === 0 ? "invalid" : `caller-${at}`)),
  );
});

test("a character that is not ASCII makes a token of any length none, whatever was read before", async () => {
  const world: World = { ...testWorld(), keySet: () => keys, verify: verifySignature };
  const check = tokenVerifier(settings);
  const now = 1_800_000_000_000;
  const good = token("x".repeat(250), true);
  expect(await check(good, world, now)).toMatchObject({ ok: true });
  const [header = "", payload = "", signature = ""] = good.split(".");
  for (const stranger of ["é", "Ł", "\uffff", "\ud800", "\u{1f600}"])
    for (const filled of ["", "A".repeat(8_192 - good.length)])
      for (const text of [
        `${header}.${payload.slice(stranger.length)}${stranger}${filled}.${signature}`,
        `${header}.${payload}${filled}.${signature.slice(stranger.length)}${stranger}`,
        `${header}.${payload}${filled}.${stranger}${signature.slice(stranger.length)}`,
        `${header.slice(stranger.length)}${stranger}.${payload}${filled}.${signature}`,
      ])
        expect(await check(text, world, now)).toMatchObject({ ok: false, cause: "invalid" });
});
