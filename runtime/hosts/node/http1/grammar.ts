/** Parts of HTTP/1.1's grammar (RFC 9110, section 5.6; RFC 9112, section 5), as sources of patterns that go back over nothing. */

export const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
/** Field values and reasons: no control character but tab. */
export const text = String.raw`[\t\x20-\x7e\x80-\xff]*`;
export const quoted = String.raw`"(?:[\t\x20\x21\x23-\x5b\x5d-\x7e\x80-\xff]|\\[\t\x20-\x7e\x80-\xff])*"`;
export const fieldLine = String.raw`${token}:${text}\r\n`;
