/** Bodies for generated routes: most fit their type, the others miss it in one way each. As bytes. */
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import type { Choices } from "./choices.ts";
import { badValue, goodValue } from "./fields.ts";
import type { BodyShape } from "./generated.ts";

export const BODY_CODINGS = ["gzip", "br", "deflate", "zstd"] as const;
const ENCODERS = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, zstd: zstdCompressSync };

/** Most are whole; the others are cut, have something behind them, or become far more than they are. */
export function encoded(c: Choices, plain: Uint8Array, coding: (typeof BODY_CODINGS)[number]): Uint8Array {
  const whole = ENCODERS[coding](c.chance(1, 8) ? Buffer.concat([plain, Buffer.from(" ".repeat(20_000))]) : plain);
  if (!c.chance(1, 8)) return whole;
  return c.chance(1, 2) ? whole.subarray(0, -2) : Buffer.concat([whole, Buffer.from("x")]);
}

export function bodyBytes(c: Choices, shape: BodyShape): Uint8Array {
  const value: Record<string, unknown> = {};
  for (const field of shape.fields) if (!field.isOptional || c.chance(2, 3)) value[field.name] = goodValue(c, field.type);
  const chosen = c.pick(shape.fields);
  const field = chosen.name;
  const text = JSON.stringify(value);
  if (!c.chance(1, 4)) return Buffer.from(text);
  if (c.chance(1, 3)) return Buffer.from(JSON.stringify({ ...value, [field]: badValue(c, chosen.type) }));
  switch (c.below(12)) {
    case 0:
      return Buffer.from(JSON.stringify({ ...value, [field]: undefined }));
    case 1:
      return Buffer.from(JSON.stringify({ ...value, extra: 1 }));
    case 2:
      return Buffer.from(JSON.stringify({ ...value, [field]: null }));
    case 3:
      return Buffer.from(JSON.stringify({ ...value, [field]: { odd: [1] } }));
    case 4:
      return Buffer.from(text.replace("{", `{"${field}":1,`));
    case 5:
      return Buffer.from(`${text}x`);
    case 6:
      return Buffer.from(" ".repeat(1100) + text);
    case 7:
      return Buffer.concat([Buffer.from('{"f0":"'), Buffer.from([0xff, 0xc0]), Buffer.from('"}')]);
    case 8:
      return Buffer.from(text.replace("{", '{"__proto__":1,'));
    case 9:
      return Buffer.from("[".repeat(80) + "]".repeat(80));
    case 10:
      return Buffer.from('{"f0":"\\ud800"}');
    default:
      return Buffer.from(
        c.pick(["", "null", "[]", '"text"', "{}", "\ufeff{}", "{'f0':1}", '{"f0":01}', '{"f0":1e400}', '{"f0":1.0}', '{"f0":-0}']),
      );
  }
}
