/** Which characters may stand where in a request (RFC 9110 section 5.6.2, RFC 3986 section 2). Knows single characters only. */

const token = /* @__PURE__ */ table((code) => isLetterOrDigit(code) || "!#$%&'*+-.^_`|~".includes(String.fromCharCode(code)));
const unreserved = /* @__PURE__ */ table((code) => isLetterOrDigit(code) || "-._~".includes(String.fromCharCode(code)));
const target = /* @__PURE__ */ table((code) => code > 32 && code < 127 && !'\\#"<>^{|}`'.includes(String.fromCharCode(code)));

function table(holds: (code: number) => boolean): Uint8Array {
  const marks = new Uint8Array(256);
  for (let code = 0; code < 256; code++) marks[code] = holds(code) ? 1 : 0;
  return marks;
}

function isLetterOrDigit(code: number): boolean {
  return isDigit(code) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** ALPHA / DIGIT / "-" / "." / "_" / "~" */
export function isUnreserved(code: number): boolean {
  return code < 256 && unreserved[code] === 1;
}

/** Visible ASCII that a path or query may hold as it is, `%`, `;` and `?` among them. */
export function isTargetCharacter(code: number): boolean {
  return code < 256 && target[code] === 1;
}

/** The value of a hex digit, or -1. */
export function hexValue(code: number): number {
  if (isDigit(code)) return code - 48;
  if (code >= 65 && code <= 70) return code - 55;
  if (code >= 97 && code <= 102) return code - 87;
  return -1;
}

/** A non-empty sequence of `tchar`. */
export function isToken(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code > 255 || token[code] === 0) return false;
  }
  return text.length > 0;
}

/** Field content: no control character but tab, nothing beyond one byte (RFC 9110 section 5.5). */
export function isFieldValue(text: string): boolean {
  return fieldValue.test(text);
}

/** By the engine's own machine, which reads a long text in half of the time of a loop. */
const fieldValue = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Without spaces and tabs at both ends: the white space of RFC 9110, not of Unicode. */
export function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** A-Z to a-z and nothing else: no locale, no Unicode folding (`K` with its sign would become `k`). */
export function lowerAscii(text: string): string {
  return isAscii.test(text) ? text.toLowerCase() : text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

const isAscii = /^[\0-\x7f]*$/;
