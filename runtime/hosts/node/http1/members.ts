/** Lists of what is written without parameters (RFC 9110, section 5.6.1). */
import { lowerAscii, trimBlanks } from "../../../kernel/characters.ts";

/** `member`: in lower case. */
export function hasMember(list: string, member: string): boolean {
  return list.length === member.length
    ? lowerAscii(list) === member
    : lowerAscii(list)
        .split(",")
        .some((one) => trimBlanks(one) === member);
}
