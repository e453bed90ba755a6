/** Undoes codings of bodies. Promises: no more is ever made than was wanted, and all that came belongs to it. */
import { brotliDecompress, constants, gunzip, inflate, type InputType, zstdDecompress } from "node:zlib";
import type { Decoded, RequestCoding } from "../../contract/decode.ts";

type Bounds = { readonly maxOutputLength: number; readonly rejectGarbageAfterEnd: boolean };
type Decoder = (data: InputType, options: Bounds, done: (error: Error | null, made: Buffer) => void) => void;

/** The window of zstd is bounded as for all of HTTP (RFC 9659): 8 MiB; those of the others are no larger than 16 MiB. */
const decoders: Readonly<Record<RequestCoding, Decoder>> = {
  br: brotliDecompress,
  deflate: inflate,
  gzip: gunzip,
  zstd: (data, options, done) => zstdDecompress(data, { ...options, params: { [constants.ZSTD_d_windowLogMax]: 23 } }, done),
};

export function decode(coding: RequestCoding, data: Uint8Array, most: number): Promise<Decoded> {
  const options = { maxOutputLength: Math.max(1, most), rejectGarbageAfterEnd: true };
  return new Promise((resolve) => {
    decoders[coding](data, options, (error, made) => {
      if (error === null) resolve(made.length > most ? { kind: "tooLarge" } : { kind: "bytes", bytes: made });
      else resolve({ kind: "code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? "tooLarge" : "malformed" });
    });
  });
}
