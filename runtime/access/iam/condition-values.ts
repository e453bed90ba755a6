/** Which texts each operator of a document may compare with. */
import type { ConditionOperator, PolicyDocument } from "../../contract/iam.ts";
import { readBlock } from "./address-tree.ts";
import { hasSoundVariables, withoutVariables } from "./names.ts";
import { instantIn, numberIn } from "./scalar-text.ts";

export function isSoundValue(operator: ConditionOperator, text: string, version: PolicyDocument["version"]): boolean {
  if (operator.startsWith("String")) return hasSoundVariables(text, version);
  if (operator.startsWith("Arn")) return hasSoundVariables(text, version) && isArn(withoutVariables(text));
  if (operator.startsWith("Numeric")) return !Number.isNaN(numberIn(text));
  if (operator.startsWith("Date")) return !Number.isNaN(instantIn(text));
  if (operator.endsWith("IpAddress")) return readBlock(text) !== undefined;
  if (operator === "BinaryEquals") return isBase64(text);
  return text === "true" || text === "false";
}

function isArn(text: string): boolean {
  if (text === "*") return true;
  const parts = text.split(":");
  return parts.length >= 6 && parts[0] === "arn" && parts[1] !== "" && parts[2] !== "";
}

/** RFC 4648 section 4: padded, and no bit in the last character that belongs to no byte. */
function isBase64(text: string): boolean {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return false;
  if (text.endsWith("==")) return /[AQgw]==$/.test(text);
  return !text.endsWith("=") || /[AEIMQUYcgkosw048]=$/.test(text);
}
