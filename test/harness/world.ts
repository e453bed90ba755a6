/**
 * A world for tests: the clock stands where the test puts it, request ids count, signatures are verified for real by `node:crypto`, and keys
 * are those that the test hands over. Promises: same calls, same answers. Shared by the reference's and the property tests.
 */
import { createHash, createHmac, createPublicKey, constants, timingSafeEqual, verify } from "node:crypto";
import type { JsonWebKeyInput, KeyObject, VerifyKeyObjectInput } from "node:crypto";
import type { AwsCredentials } from "../../runtime/contract/authorizer.ts";
import { decode } from "../../runtime/hosts/node/decode.ts";
import { signedXml } from "../../runtime/hosts/node/signed-xml.ts";
import type { Jwk, Question, Reply, VerificationKey, World } from "../../runtime/contract/world.ts";
import { verifyPassword } from "../../runtime/hosts/node/verify-password.ts";

/** What stands at a URL, or is an issuer's own: keys, nothing (`undefined`), or keys that depend on whether fresh ones are asked for. */
export type PublishedKeys = readonly Jwk[] | undefined | ((refresh: boolean) => readonly Jwk[] | undefined);
export type TestWorldOptions = {
  readonly now?: number;
  readonly keys?: Readonly<Record<string, PublishedKeys>>;
  /** Who answers questions; without one nobody does. */
  readonly ask?: (question: Question) => Reply | Promise<Reply>;
  readonly credentials?: AwsCredentials | undefined;
  /** What chance gives, one after the other and again. */
  readonly chances?: readonly number[];
  /** Names of releases that were ended. */
  readonly stopped?: readonly string[];
};
export type TestWorld = World & {
  /** Every call of `keySet` and `issuerKeys`, in order. */
  readonly keyRequests: readonly { readonly url: string; readonly refresh: boolean }[];
  /** Every call of `ask`, in order. */
  readonly questions: readonly Question[];
};

/** 2026-01-05T12:00:00Z, a Monday. */
export const TEST_NOW = 1_767_614_400_000;

export function testWorld({
  now = TEST_NOW,
  keys = {},
  ask = () => ({ kind: "failed", why: "nobody is there" }),
  chances = [0.5],
  stopped = [],
  credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "a secret of tests" },
}: TestWorldOptions = {}): TestWorld {
  const keyRequests: { url: string; refresh: boolean }[] = [];
  const questions: Question[] = [];
  let requests = 0;
  let drawn = 0;
  const published = async (url: string, refresh: boolean): Promise<readonly Jwk[] | undefined> => {
    keyRequests.push({ url, refresh });
    const found = Object.hasOwn(keys, url) ? keys[url] : undefined;
    return typeof found === "function" ? found(refresh) : found;
  };
  return {
    now: () => now,
    requestId: () => (++requests).toString(16).padStart(32, "0"),
    verify: verifySignature,
    signedXml,
    decode,
    keySet: published,
    issuerKeys: published,
    digest: (algorithm, data) => createHash(algorithm).update(data).digest(),
    hmac: (algorithm, key, data) => createHmac(algorithm, key).update(data).digest(),
    verifyPassword,
    ask: async (question) => {
      questions.push(question);
      return ask(question);
    },
    chance: () => chances[drawn++ % chances.length] ?? 0,
    hasStopped: (release) => stopped.includes(release),
    awsCredentials: () => Promise.resolve(credentials),
    keyRequests,
    questions,
  };
}

function verifySignature(algorithm: string, key: VerificationKey, data: Uint8Array, signature: Uint8Array): boolean {
  try {
    if (key.kind === "secret") return verifyHmac(algorithm, key.secret, data, signature);
    const input: JsonWebKeyInput = { key: key.jwk as JsonWebKeyInput["key"], format: "jwk" };
    const options = optionsFor(algorithm, createPublicKey(input));
    return options !== undefined && verify(options.hash, data, options.input, signature);
  } catch {
    return false;
  }
}

function verifyHmac(algorithm: string, secret: string, data: Uint8Array, signature: Uint8Array): boolean {
  if (!/^HS(?:256|384|512)$/.test(algorithm)) return false;
  const expected = createHmac(`sha${algorithm.slice(2)}`, secret)
    .update(data)
    .digest();
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

type VerifyOptions = { readonly hash: string | null; readonly input: VerifyKeyObjectInput };

/** RFC 7518 sections 3.3 to 3.5, RFC 8037 section 3.1. */
function optionsFor(algorithm: string, key: KeyObject): VerifyOptions | undefined {
  const hash = `sha${algorithm.slice(2)}`;
  const type = key.asymmetricKeyType;
  switch (algorithm.slice(0, 2)) {
    case "RS":
      return type === "rsa" ? { hash, input: { key, padding: constants.RSA_PKCS1_PADDING } } : undefined;
    case "PS":
      return type === "rsa"
        ? { hash, input: { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST } }
        : undefined;
    case "ES":
      return type === "ec" ? { hash, input: { key, dsaEncoding: "ieee-p1363" } } : undefined;
    case "Ed":
      return type === "ed25519" ? { hash: null, input: { key } } : undefined;
    default:
      return undefined;
  }
}
