/** A hash of texts that can be made while they are read. Spreads them; it is no secret, so whoever uses it compares the texts as well. */

/** One step, from 0: that of the next UTF-16 code unit. */
export function hashStep(hash: number, code: number): number {
  return (Math.imul(hash, 31) + code) | 0;
}

export function textHash(text: string): number {
  let hash = 0;
  for (let at = 0; at < text.length; at++) hash = hashStep(hash, text.charCodeAt(at));
  return hash;
}
