/** Compression of answers on their way. Promises: only so many at once, with small windows; whatever the answer's fields rule out stays as it came. */
import type { Transform } from "node:stream";
import { constants, createBrotliCompress, createGzip, createZstdCompress } from "node:zlib";
import type { CompressPlan, ContentCoding, HeaderField } from "../../contract/gateway.ts";
import { encodedBody } from "./encoded-body.ts";
import type { Encoder, NodeCompress } from "./host.ts";
import { moveEncoded } from "./move-encoded.ts";

/** More answers than these pass as they came: compression must not take the processor from calls. */
const mostAtOnce = 64;
let running = 0;

/** Text, and what is written like it. Streams of events are not held back by an encoder. */
const compressible =
  /^(?:text\/(?!event-stream)[^;]*|application\/(?:[^;]*\+)?(?:json|xml)|application\/(?:javascript|x-ndjson|wasm)|image\/svg\+xml)[ \t]*(?:;|$)/i;

/** Undefined: the answer passes as it came. */
export function compress({ coding, above }: CompressPlan, status: number, fields: readonly HeaderField[]): ReturnType<NodeCompress> {
  if (running >= mostAtOnce || status < 200 || status > 299 || status === 204 || status === 205 || status === 206) return undefined;
  const valueOf = (name: string): string | undefined => fields.find(([field]) => field === name)?.[1];
  const length = valueOf("content-length");
  // An empty body has nothing to compress, and nobody would end the encoder.
  if (length !== undefined && Number(length) < Math.max(1, above)) return undefined;
  if (valueOf("content-encoding") !== undefined || valueOf("set-cookie") !== undefined || valueOf("content-range") !== undefined)
    return undefined;
  if (/\bno-transform\b/i.test(valueOf("cache-control") ?? "") || !compressible.test(valueOf("content-type") ?? "")) return undefined;
  running++;
  const stream = encoders[coding]();
  stream.once("close", () => running--);
  const encoder: Encoder = {
    stream,
    encoded: (plain, progress) => encodedBody(plain, stream, progress),
    whole: (exchange, body) => {
      stream.end(body);
      return moveEncoded(exchange, stream);
    },
  };
  return { fields: [...fields.flatMap(kept), ["content-encoding", coding]], encoder };
}

const encoders: Readonly<Record<ContentCoding, () => Transform>> = {
  br: () => createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_LGWIN]: 18 } }),
  gzip: () => createGzip({ level: 5 }),
  zstd: () => createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_windowLog]: 18 } }),
};

/** About the bytes as they came; a strong validator is for these alone. */
const ofBytes: ReadonlySet<string> = new Set(["content-length", "accept-ranges", "content-md5", "content-digest", "repr-digest", "digest"]);

function kept([name, value]: HeaderField): readonly HeaderField[] {
  if (ofBytes.has(name)) return [];
  return name === "etag" && value.startsWith('"') ? [[name, `W/${value}`]] : [[name, value]];
}
