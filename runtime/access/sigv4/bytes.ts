/** Text that has one character a byte, as it came from the wire, as these bytes. */

const encoder = new TextEncoder();
// oxlint-disable-next-line no-control-regex -- ASCII is what is asked for
const beyondAscii = /[^\u0000-\u007f]/;

export function bytesOf(text: string): Uint8Array {
  if (!beyondAscii.test(text)) return encoder.encode(text);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
