/** The head of a request of HTTP/2: its pseudo-fields (RFC 9113, section 8.3.1) aside from its fields. Judges nothing. */
import type { Http2Head } from "../../../contract/request.ts";

export type RequestHead = {
  /** `:method` and `:path`; empty where there is none. */
  readonly method: string;
  readonly target: string;
  /** Without pseudo-fields. */
  readonly rawHeaders: readonly string[];
  readonly http2: Http2Head;
};

/** `raw`: names and values in turn, as received. `isWhole`: the stream ended with them. */
export function requestHead(raw: readonly string[], isWhole: boolean): RequestHead {
  const pseudo = new Map<string, string>();
  const rawHeaders: string[] = [];
  for (let at = 0; at < raw.length; at += 2) {
    const [name = "", value = ""] = [raw[at], raw[at + 1]];
    if (name.startsWith(":")) pseudo.set(name, value);
    else rawHeaders.push(name, value);
  }
  const authority = pseudo.get(":authority");
  return {
    method: pseudo.get(":method") ?? "",
    target: pseudo.get(":path") ?? "",
    rawHeaders,
    http2: { scheme: pseudo.get(":scheme") ?? "", ...(authority === undefined ? {} : { authority }), isWhole },
  };
}
