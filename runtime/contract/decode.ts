/** Codings of request bodies (RFC 9110 section 8.4.1) and how far the gateway undoes them. */
export type RequestCoding = "br" | "deflate" | "gzip" | "zstd";

/** `most`: bytes of a decoded body; `ratio`: how many times longer than what came it may be. */
export type DecompressData = { readonly codings: readonly RequestCoding[]; readonly most: number; readonly ratio: number };

export type Decoded =
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  /** It would have been more than was wanted. */
  | { readonly kind: "tooLarge" }
  /** Not what the coding makes, or not whole, or something stands behind it. */
  | { readonly kind: "malformed" };
