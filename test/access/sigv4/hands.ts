/** The two hands that check a signature, asked the same thing in the same form. */
import { createHash, createHmac } from "node:crypto";
import { signer, type SigningKey } from "../../../compiler/reference/signature.ts";
import { type SignedRequest, sigV4Verifier } from "../../../runtime/access/sigv4/verify.ts";
import { testWorld } from "../../harness/world.ts";

export type Trial = Omit<SignedRequest, "hasBody"> & { readonly body: Uint8Array };
export type TrialRules = {
  readonly service: string;
  readonly regions: readonly string[];
  readonly unsignedPayload?: boolean;
  readonly keys: readonly (Pick<SigningKey, "id" | "secret"> & Partial<SigningKey>)[];
  readonly now: number;
};

/** What the fast hand says: the id of the key that signed, or why none did (a `SigV4Fault`). */
export function fastHand(rules: TrialRules): (trial: Trial) => string {
  const { service, regions, unsignedPayload = false, now } = rules;
  const keys = rules.keys.map(({ id, secret, token, expires }) => ({
    id,
    secret,
    ...(token === undefined ? {} : { token }),
    ...(expires === undefined ? {} : { expires }),
    principal: { identity: "Caller", id, claims: {} },
  }));
  const verify = sigV4Verifier({ identity: "Caller", service, regions, unsignedPayload, keys });
  const world = testWorld({ now });
  return (trial) => {
    let result = verify({ ...trial, hasBody: trial.body.length > 0 }, now, world);
    if (result.kind === "body") result = result.withBody(trial.body);
    if (result.kind === "body") throw new Error("asked for the body twice");
    return result.kind === "verified" ? result.principal.id : result.why;
  };
}

/** What the dull hand says: the id of the key, or `invalid`. */
export function dullHand(rules: TrialRules): (trial: Trial) => Promise<string> {
  const { unsignedPayload = false, now } = rules;
  const keys = rules.keys.map((key): SigningKey => ({ token: undefined, expires: undefined, ...key }));
  return async (trial) => {
    const request = { ...trial, query: trial.query ?? "", fields: trial.headers, hasBody: trial.body.length > 0 };
    const body = (): Promise<Uint8Array> => Promise.resolve(trial.body);
    const found = await signer(request, { ...rules, unsignedPayload, keys }, { now, world: testWorld({ now }), body });
    return "why" in found ? "invalid" : found.id;
  };
}

/** A request as text, with line ends of one character, as a trial: header lines that begin with a blank continue the one before. */
export function trialOf(text: string, newline = "\n"): Trial {
  const end = text.indexOf(`${newline}${newline}`);
  const head = end < 0 ? text : text.slice(0, end);
  const [start = "", ...lines] = head.replaceAll(new RegExp(`${newline}[ \\t]+`, "g"), " ").split(newline);
  const [, method = "", target = ""] = /^(\S+) (.*) HTTP\/1\.1$/s.exec(start) ?? [];
  const mark = target.indexOf("?");
  return {
    method,
    path: mark < 0 ? target : target.slice(0, mark),
    query: mark < 0 ? undefined : target.slice(mark + 1),
    headers: lines
      .filter((line) => line !== "")
      .map((line) => {
        const colon = line.indexOf(":");
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    body: Buffer.from(end < 0 ? "" : text.slice(end + 2 * newline.length), "utf8"),
  };
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash("sha256").update(bytes).digest("hex");
}

export function hmac(key: Uint8Array | string, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
