/** Which statuses a program may answer with (RFC 9110, section 15). */

/** One that ends a call: not 1xx, which only announces. */
export function isFinalStatus(status: number): boolean {
  return Number.isInteger(status) && status >= 200 && status <= 599;
}

/** Whether an answer of that status has no body. */
export function isBodiless(status: number): boolean {
  return status === 204 || status === 205 || status === 304;
}
