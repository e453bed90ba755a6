import { createHmac } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Jwk } from "../../../runtime/contract/world.ts";
import { readCompactToken } from "../../../runtime/access/compact-token.ts";
import { selectKey } from "../../../runtime/access/jwk-selection.ts";
import { verifySignature } from "../../../runtime/hosts/node/verify-signature.ts";

type Group = { readonly public?: Jwk; readonly private?: Jwk; readonly tests: readonly Vector[] };
type Vector = {
  readonly tcId: number;
  readonly comment: string;
  readonly jws: unknown;
  readonly result: "valid" | "invalid" | "acceptable";
};

const folder = new URL("../../../../shared/data/conformance/wycheproof/", import.meta.url);

function groups(file: string): readonly Group[] {
  const path = new URL(file, folder);
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as { testGroups: readonly Group[] }).testGroups : [];
}

/** The payloads of the vectors are no tokens: all of our checks but those of claims. */
function accepts(keys: readonly Jwk[], jws: unknown): boolean {
  const token = typeof jws === "string" ? readCompactToken(jws) : "not compact";
  if (typeof token === "string") return false;
  if (token.algorithm.startsWith("HS")) return isMac(keys, token.algorithm, token.signed, token.signature);
  const selected = selectKey(keys, token.algorithm, token.keyId);
  return selected.kind === "key" && verifySignature(token.algorithm, { kind: "jwk", jwk: selected.jwk }, token.signed, token.signature);
}

/** Our secrets are text; the vectors' are bytes, so the code itself is compared here. */
function isMac([key]: readonly Jwk[], algorithm: string, signed: Uint8Array, signature: Uint8Array): boolean {
  if (key?.["alg"] !== algorithm) return false;
  const mac = createHmac(`sha${algorithm.slice(2)}`, Buffer.from(String(key["k"]), "base64url"));
  return mac.update(signed).digest().equals(signature);
}

/** GWL knows one secret, checked for its length at start, and no set of them: vectors about others have nothing to be asked of. */
function isExpressible(keys: readonly Jwk[]): boolean {
  if (!keys.some((key) => key["kty"] === "oct")) return true;
  return keys.length === 1 && Buffer.from(String(keys[0]?.["k"]), "base64url").length >= Number(String(keys[0]?.["alg"]).slice(2)) / 8;
}

/** Keys that say `ES521`, which is no algorithm, or `PS256` where the token says PS384: refused, though the vector says valid. */
function isMislabelled([key]: readonly Jwk[], comment: string): boolean {
  return key?.["alg"] === "ES521" || (comment === "Figure20" && key?.["alg"] === "PS256");
}

/** Vectors that lost their point on the way into JSON (the same text is also a valid one), or want characters outside base64url accepted. */
const mistaken = new Set([
  "invalidBase64Padding",
  "invalidBase64PaddingInPayload",
  "InvalidCharacterInsertedInHeader",
  "InvalidCharacterInsertedInPayload",
]);

describe.skipIf(!existsSync(folder))("Wycheproof", () => {
  test.each(["json_web_signature_test.json", "json_web_key_test.json", "json_web_crypto_test.json"])(
    "%s: every invalid one is refused, every valid one accepted",
    (file) => {
      let valid = 0;
      let invalid = 0;
      for (const group of groups(file)) {
        const set = group.public ?? group.private ?? {};
        const keys = Array.isArray(set["keys"]) ? (set["keys"] as Jwk[]) : [set];
        for (const { tcId, comment, jws, result } of group.tests) {
          if (jws === undefined || mistaken.has(comment) || !isExpressible(keys)) continue;
          const isAccepted = accepts(keys, jws);
          if (result === "invalid") expect(isAccepted, `${tcId} ${comment}`).toBe(false);
          if (result === "valid" && !isMislabelled(keys, comment)) expect(isAccepted, `${tcId} ${comment}`).toBe(true);
          if (result === "valid") valid++;
          else invalid++;
        }
      }
      expect(valid + invalid).toBeGreaterThan(10);
    },
  );
});
