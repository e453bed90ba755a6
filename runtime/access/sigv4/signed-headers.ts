/** The fields that a signature covers, as it covers them. Promises: `host` and every `x-amz-*` field are among them. */
import type { HeaderField } from "../../contract/gateway.ts";
import type { SigV4Fault } from "../../contract/sigv4.ts";

/** `lines` ends with a line end, as the canonical request has it. */
export type SignedHeaders = { readonly lines: string };

/** `names` as sent: lower-case, ascending, each once, joined by `;`. */
export function signedHeaders(names: string, headers: readonly HeaderField[]): SignedHeaders | SigV4Fault {
  const listed = names.split(";");
  let before = "";
  let lines = "";
  for (const name of listed) {
    if (name <= before) return "malformed-signed-headers";
    before = name;
    const value = valuesOf(name, headers);
    if (value === undefined) return "signed-header-missing";
    lines += `${name}:${value}\n`;
  }
  if (!listed.includes("host")) return "header-not-signed";
  return headers.every(([name]) => !name.startsWith("x-amz-") || listed.includes(name)) ? { lines } : "header-not-signed";
}

/** All values of a name in order, joined by `,`; undefined where none came. */
function valuesOf(name: string, headers: readonly HeaderField[]): string | undefined {
  let values: string | undefined;
  for (const [other, value] of headers) {
    if (other === name) values = values === undefined ? collapsed(value) : `${values},${collapsed(value)}`;
  }
  return values;
}

/** Runs of blanks inside a value count as one space. */
function collapsed(value: string): string {
  return value.includes("  ") || value.includes("\t") ? value.replace(/[ \t]+/g, " ") : value;
}
