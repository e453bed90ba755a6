/** What a client says of its body, before anybody has read it. */
import type { SigV4Fault } from "../../contract/sigv4.ts";

export type Payload =
  /** The hash that was signed, in hex; undefined: the body's own, whatever it is. */
  { readonly kind: "signed"; readonly hash: string | undefined } | { readonly kind: "unsigned" };

const unsigned = "UNSIGNED-PAYLOAD";

/** `mayBeUnsigned`: the identity takes bodies that nobody signed. */
export function readPayload(said: string | undefined, mayBeUnsigned: boolean): Payload | SigV4Fault {
  if (said === undefined) return { kind: "signed", hash: undefined };
  if (said === unsigned) return mayBeUnsigned ? { kind: "unsigned" } : "unsigned-payload";
  if (said.startsWith("STREAMING-")) return "streaming-payload";
  return /^[0-9a-f]{64}$/.test(said) ? { kind: "signed", hash: said } : "malformed-payload-hash";
}
