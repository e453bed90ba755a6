/**
 * Checking a SigV4 signature (AWS4-HMAC-SHA256). Promises: what is signed is what is routed and forwarded; whatever is
 * missing, repeated, too old or of another form refuses; a key that nobody has costs what a known one costs; a body is only
 * asked for where the signature cannot be checked without, or where it must be compared. Never throws.
 */
import type { HeaderField, Principal } from "../../contract/gateway.ts";
import type { AccessKey, Hashing, SigV4Fault, SigV4Settings } from "../../contract/sigv4.ts";
import { hexOf } from "../../kernel/hex.ts";
import { algorithm } from "./authorization-form.ts";
import { hashable } from "./bytes.ts";
import { type Payload, readPayload } from "./payload.ts";
import type { Presented } from "./presented.ts";
import { readPresented } from "./read-presented.ts";
import { sameBytes, sameText } from "./same.ts";
import { signedHeaders } from "./signed-headers.ts";
import { signedPath } from "./signed-path.ts";
import { queryParts, signedQuery } from "./signed-query.ts";
import { signingKeys, type SigningKeys } from "./signing-keys.ts";

/** The parts of a request that a signature is over, as they came. */
export type SignedRequest = {
  readonly method: string;
  /** From the wire, with its leading slash. */
  readonly path: string;
  /** What stands behind the first `?`. */
  readonly query: string | undefined;
  /** Names lower-case, values trimmed. */
  readonly headers: readonly HeaderField[];
  readonly hasBody: boolean;
};

export type SigV4Result =
  | { readonly kind: "verified"; readonly form: "header" | "query"; readonly principal: Principal }
  | { readonly kind: "refused"; readonly why: SigV4Fault }
  /** All is well but for the body: all its bytes are to be given. */
  | { readonly kind: "body"; readonly withBody: (body: Uint8Array) => SigV4Result };

/** `now` in milliseconds since 1970 UTC. */
export type SigV4Verifier = (request: SignedRequest, now: number, hashing: Hashing) => SigV4Result;

/** Milliseconds that clocks may differ. */
const skew = 300_000;
const hashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

export function sigV4Verifier(settings: SigV4Settings): SigV4Verifier {
  const keys = new Map(settings.keys.map((key) => [key.id, key]));
  const signing = signingKeys();
  return (request, now, hashing) => {
    const parts = queryParts(request.query);
    const presented = readPresented(request.headers, parts);
    if (typeof presented === "string") return refused(presented);
    const fault = scopeFault(presented, settings) ?? timeFault(presented, now);
    if (fault !== undefined) return refused(fault);
    const payload = readPayload(presented.payload, settings.unsignedPayload);
    if (typeof payload === "string") return refused(payload);
    const fields = signedHeaders(presented.signedHeaders, request.headers);
    if (typeof fields === "string") return refused(fields);
    const key = keys.get(presented.scope.keyId);
    const head = `${request.method}\n${signedPath(request.path)}\n${signedQuery(parts)}\n${fields.lines}\n${presented.signedHeaders}\n`;
    const check: Check = { presented, key, now, head, signing, hashing };
    return withPayload(check, payload, request.hasBody);
  };
}

type Check = {
  readonly presented: Presented;
  readonly key: AccessKey | undefined;
  readonly now: number;
  /** The canonical request but for the hash of its body. */
  readonly head: string;
  readonly signing: SigningKeys;
  readonly hashing: Hashing;
};

function withPayload(check: Check, payload: Payload, hasBody: boolean): SigV4Result {
  if (payload.kind === "unsigned") return judged(check, "UNSIGNED-PAYLOAD");
  if (!hasBody)
    return payload.hash === undefined || payload.hash === hashOfNothing ? judged(check, hashOfNothing) : refused("other-payload");
  const { hash } = payload;
  if (hash === undefined) return { kind: "body", withBody: (body) => judged(check, hashOf(body, check)) };
  const result = judged(check, hash);
  if (result.kind !== "verified") return result;
  return { kind: "body", withBody: (body) => (hashOf(body, check) === hash ? result : refused("other-payload")) };
}

function hashOf(body: Uint8Array, { hashing }: Check): string {
  return hexOf(hashing.digest("sha256", body));
}

/** The signature is computed whether or not the key is known. */
function judged({ presented, key, now, head, signing, hashing }: Check, bodyHash: string): SigV4Result {
  const { scope, date, token } = presented;
  const canonical = hexOf(hashing.digest("sha256", hashable(head + bodyHash)));
  const text = `${algorithm}\n${date.text}\n${scope.text}\n${canonical}`;
  const signingKey = signing(scope, key, hashing);
  const isSigned = sameBytes(hashing.hmac("sha256", signingKey, text), presented.signature);
  if (key === undefined) return refused("unknown-key");
  if (key.expires !== undefined && now >= key.expires) return refused("expired-key");
  if (!(key.token === undefined || token === undefined ? key.token === token : sameText(key.token, token))) return refused("other-token");
  return isSigned ? { kind: "verified", form: presented.form, principal: key.principal } : refused("other-signature");
}

function refused(why: SigV4Fault): SigV4Result {
  return { kind: "refused", why };
}

function scopeFault({ scope, date }: Presented, { regions, service }: SigV4Settings): SigV4Fault | undefined {
  if (scope.day !== date.text.slice(0, 8)) return "other-day";
  if (!regions.includes(scope.region)) return "other-region";
  if (scope.service !== service) return "other-service";
  return scope.terminator === "aws4_request" ? undefined : "other-terminator";
}

function timeFault({ date, expires }: Presented, now: number): SigV4Fault | undefined {
  if (date.time - now > skew) return "not-yet";
  const isOver = expires === undefined ? now - date.time > skew : now >= date.time + expires * 1000;
  return isOver ? "too-old" : undefined;
}
