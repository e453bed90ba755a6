/**
 * A started `api_key` identity. Only digests of keys are kept: a key that came is hashed, whatever it is, and its digest looked up, so that
 * an unknown key costs what a known one does, and time tells nothing of those that exist.
 */
import type { ApiKeyData } from "../contract/identity-data.ts";
import type { Verification } from "../contract/verification.ts";
import { firstValue } from "../kernel/fields.ts";
import type { IdentityBrought, RunningIdentity } from "../kernel/running-identity.ts";
import { readStore, storeReport, type StoreEntry } from "./credential-store.ts";
import { hex } from "./hex.ts";

/** 20 to 128 visible ASCII characters. */
const keyForm = /^[!-~]{20,128}$/;
const digestForm = /^[0-9a-f]{64}$/;
const encoder = new TextEncoder();

export function apiKeyIdentity(data: ApiKeyData, { secrets, secretNames }: IdentityBrought, problems: string[]): RunningIdentity {
  const byDigest = index(data, secrets[data.store], storeReport(data, secretNames, problems));
  const [header = ""] = data.headers;
  return {
    verify: ({ request, now }, _request, world) => {
      const key = firstValue(request.headers, header);
      if (key === undefined) return absent;
      if (!keyForm.test(key)) return refused("the key is not 20 to 128 visible characters");
      const entry = byDigest.get(hex(world.digest("sha256", encoder.encode(key))));
      if (entry === undefined) return refused("the key is unknown");
      if (!entry.enabled) return refused("the key is disabled");
      return now < entry.expires ? { ok: true, principal: entry.principal } : refused("the key has expired");
    },
    challenge: () => "ApiKey",
  };
}

/** Undefined: the secret is missing, which is reported already. */
function index(data: ApiKeyData, store: string | undefined, report: (what: string) => void): ReadonlyMap<string, StoreEntry> {
  if (store === undefined) return new Map();
  const entries = readStore(store, { list: "keys", who: "id", credential: "sha256" }, data, report);
  const wrong = (at: number, what: string): void => report(`is wrong at entry ${at + 1}: ${what}`);
  const byDigest = new Map<string, StoreEntry>();
  for (const [at, entry] of entries.entries()) {
    if (!digestForm.test(entry.credential)) wrong(at, "`sha256` is not 64 lower-case hex digits");
    else if (byDigest.has(entry.credential)) wrong(at, "its key stands there twice");
    byDigest.set(entry.credential, entry);
  }
  return byDigest;
}

const absent: Verification = { ok: false, cause: "absent", why: "no key" };

function refused(why: string): Verification {
  return { ok: false, cause: "invalid", why };
}
