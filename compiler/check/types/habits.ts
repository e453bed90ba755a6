/** Types as other languages write them, and how GWL does. Promises: only advice. */
import type { Entry, Expression, Term } from "../../../grammar/ast.ts";

const NAMES: Readonly<Record<string, string>> = {
  integer: "Int",
  number: "Int",
  long: "Int",
  int32: "Int",
  int64: "Int",
  float: "Decimal",
  double: "Decimal",
  boolean: "Bool",
  text: "String",
  str: "String",
  varchar: "String",
  datetime: "Time",
  timestamp: "Time",
  date: "Time",
  interval: "Duration",
  ipaddress: "Ip",
  ip_address: "Ip",
  cidr: "Network",
  subnet: "Network",
  uri: "Url",
  guid: "Uuid",
  array: "List<String>",
  object: "Map<String>",
  dict: "Map<String>",
  enum: '"a" | "b"',
};

/** What a type of another language is called here. */
export function typeMeantBy(name: string): string | undefined {
  return Object.hasOwn(NAMES, name.toLowerCase()) ? NAMES[name.toLowerCase()] : undefined;
}

/** `String(40)` */
export function headAdvice(node: Expression): string | undefined {
  if (node.kind !== "call" || node.callee.kind !== "name") return undefined;
  const { name } = node.callee;
  return `what constrains a type stands behind its name, as in \`${name} ${name === "String" ? "max 40" : "1..40"}\``;
}

/** `String[]` */
export function constraintAdvice(term: Term): string | undefined {
  return term.kind === "list" ? "a list of values is written `List<String>`, and one without repeats `Set<String>`" : undefined;
}

/** `note?: String` */
export function fieldAdvice(entry: Entry): string | undefined {
  const [first] = entry.kind === "item" ? entry.value.terms : [];
  const field = first?.kind === "optional" && first.type.kind === "name" ? first.type.name : undefined;
  return field === undefined ? undefined : `the \`?\` stands behind the type: \`${field}: String?\``;
}
