/**
 * How much of answers is read before everything else has its turn: whoever is answered little does not wait for those who are answered much, of whom there
 * may be hundreds. Promises that those who wait go on in the order in which they began to.
 */

/** Pieces of answers in a turn. */
const most = 32;

export type Reader = { readonly goOn: () => void };

let read = 0;
let isSet = false;
const waiting: Reader[] = [];

/** It has read a piece, and would read more. False: not before `goOn`. */
export function mayGoOn(reader: Reader): boolean {
  if (!isSet) setImmediate(next);
  isSet = true;
  if (++read < most) return true;
  waiting.push(reader);
  return false;
}

function next(): void {
  isSet = false;
  read = 0;
  for (const one of waiting.splice(0, most)) one.goOn();
  if (waiting.length === 0) return;
  isSet = true;
  setImmediate(next);
}
