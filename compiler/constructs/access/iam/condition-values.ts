/** Values that condition operators compare with: JSON of the right kind, in a form that has one reading. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { ConditionOperator } from "../../../../runtime/contract/iam.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { parseAddress, parseBlock } from "../../../model/address-text.ts";
import type { Reading } from "./elements.ts";
import { found } from "./elements.ts";
import { conditionValue, elementForm } from "./iam.diagnostics.ts";
import { checkVariables, withoutVariables } from "./variables.ts";

/** As text; undefined after a finding. Not empty. */
export function readValues(operator: ConditionOperator, node: DataNode, reading: Reading): readonly string[] | undefined {
  const items = node.kind === "list" ? node.items : [node];
  if (items.length === 0) {
    const expected = "at least one value; AWS ignores a condition without any, which opens what it was to guard";
    reading.report(finding(elementForm, node.span, { element: operator, found: "an empty list", expected }));
    return undefined;
  }
  const values = items.map((item) => readValue(operator, item, reading));
  const whole = values.filter((value) => value !== undefined);
  return whole.length === values.length ? whole : undefined;
}

function readValue(operator: ConditionOperator, node: DataNode, reading: Reading): string | undefined {
  if (node.kind !== "text" && node.kind !== "number" && node.kind !== "bool") {
    reading.report(finding(elementForm, node.span, { element: operator, found: found(node), expected: "a text, a number or a Bool" }));
    return undefined;
  }
  const written = node.kind === "text" ? node.value : node.written;
  const form = FORMS.find(({ start }) => operator.startsWith(start));
  if (form?.variables === true && node.kind === "text" && !checkVariables(node, reading)) return undefined;
  if (form === undefined || form.takes(form.variables ? withoutVariables(written) : written)) return written;
  reading.report(finding(conditionValue, node.span, { operator, written, expected: form.expected }));
  return undefined;
}

type Form = {
  readonly start: string;
  readonly variables: boolean;
  readonly expected: string;
  readonly takes: (text: string) => boolean;
};

/** By what the names of the operators begin with. */
const FORMS: readonly Form[] = [
  { start: "String", variables: true, expected: "a text", takes: () => true },
  { start: "Numeric", variables: false, expected: "a number", takes: (text) => /^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) },
  {
    start: "Date",
    variables: false,
    expected: "a moment as in `2026-01-31T12:00:00Z`, or seconds since 1970; a year alone could be either",
    takes: isMoment,
  },
  { start: "Bool", variables: false, expected: '`"true"` or `"false"`', takes: (text) => text === "true" || text === "false" },
  { start: "Null", variables: false, expected: '`"true"` or `"false"`', takes: (text) => text === "true" || text === "false" },
  { start: "Binary", variables: false, expected: "bytes in base64", takes: isBase64 },
  { start: "IpAddress", variables: false, expected: "an address or network, as in `203.0.113.0/24` or `2001:db8::/32`", takes: isBlock },
  { start: "NotIpAddress", variables: false, expected: "an address or network, as in `203.0.113.0/24` or `2001:db8::/32`", takes: isBlock },
  { start: "Arn", variables: true, expected: "an ARN: six parts between colons, in which `*` and `?` may stand", takes: isArn },
];

/** Bits behind the prefix are fine here: AWS takes `203.0.113.7/24` for its network. */
function isBlock(text: string): boolean {
  if (!text.includes("/")) return parseAddress(text) !== undefined;
  const { kind } = parseBlock(text);
  return kind === "block" || kind === "host-bits";
}

function isMoment(text: string): boolean {
  if (/^-?\d{1,15}$/.test(text)) return !/^\d{4}$/.test(text);
  const form = /^(\d{4}-\d\d)(-\d\d)?(T\d\d:\d\d)?(:\d\d)?(?:\.\d{1,9})?(Z|[+-](\d\d):(\d\d))?$/.exec(text);
  if (form === null) return false;
  const [, month = "", day, clock, seconds, zone, hours = "0", minutes = "0"] = form;
  const isInOrder =
    (clock === undefined) === (zone === undefined) &&
    (clock === undefined ? seconds === undefined && !text.includes(".") : day !== undefined);
  if (!isInOrder || (text.includes(".") && seconds === undefined) || Number(hours) > 23 || Number(minutes) > 59) return false;
  const exact = `${month}${day ?? "-01"}${clock ?? "T00:00"}${seconds ?? ":00"}`;
  const instant = Date.parse(`${exact}Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(exact);
}

/** RFC 4648 section 4, with padding and without stray bits. */
function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/][AQgw]==|[A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=)?$/.test(text);
}

function isArn(text: string): boolean {
  const [arn, partition, service, , , ...rest] = text.split(":");
  return text === "*" || (arn === "arn" && rest.length > 0 && partition !== "" && service !== "");
}
