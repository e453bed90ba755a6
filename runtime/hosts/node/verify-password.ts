/** Passwords against their slow hashes: scrypt (RFC 7914) on libuv's threads, compared in constant time. */
import { scrypt, timingSafeEqual } from "node:crypto";

const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The `verifyPassword` of a `World`. */
export function verifyPassword(stored: string, password: Uint8Array): Promise<boolean> {
  const [, ln = "0", r = "0", p = "0", salt = "", hash = ""] = form.exec(stored) ?? [];
  const expected = Buffer.from(hash, "base64");
  const [cost, blockSize, parallelization] = [2 ** Number(ln), Number(r), Number(p)];
  const options = { cost, blockSize, parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve) => {
    try {
      scrypt(password, Buffer.from(salt, "base64"), expected.length, options, (error, made) => {
        resolve(error === null && expected.length > 0 && timingSafeEqual(made, expected));
      });
    } catch {
      resolve(false);
    }
  });
}
