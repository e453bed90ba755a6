/** `Authorization: SCHEME CREDENTIALS`, of which one space stands between the two (RFC 9110 section 11.6.2). */
import type { HeaderField } from "../../runtime/contract/gateway.ts";
import { lowerAscii, valueOf } from "./fields.ts";

/** What stands behind the scheme; undefined where another one came, or none. */
export function credentials(fields: readonly HeaderField[], scheme: string): string | undefined {
  const [said = "", ...rest] = (valueOf(fields, "authorization") ?? "").split(" ");
  return lowerAscii(said) === scheme ? rest.join(" ") : undefined;
}
