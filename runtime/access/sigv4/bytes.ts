/** Text that has one character a byte, as it came from the wire, in the form that hashes take it. */

// oxlint-disable-next-line no-control-regex -- ASCII is what is asked for
const beyondAscii = /[^\u0000-\u007f]/;

/** ASCII stays text, which is the same in UTF-8 and need not be copied. */
export function hashable(text: string): Uint8Array | string {
  return beyondAscii.test(text) ? Uint8Array.from(text, (character) => character.charCodeAt(0)) : text;
}
