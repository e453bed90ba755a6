/**
 * The texts of a path segment that fit a parameter's type (D26), as a language. Gives undefined for what cannot be told:
 * then nobody may conclude that two types differ.
 */
import type { Type } from "../../../model/types.ts";
import { automatonOf } from "./automaton.ts";
import type { Language } from "./common-text.ts";
import { intPattern } from "./int-pattern.ts";
import { parsePattern } from "./pattern-tree.ts";

export function typeLanguage(type: Type): Language | undefined {
  const plain = withoutNewtype(type);
  switch (plain.kind) {
    case "string":
      return language(plain.pattern ?? "", plain.minLength, plain.maxLength);
    case "int":
      return language(intPattern(plain.min ?? Number.MIN_SAFE_INTEGER, plain.max ?? Number.MAX_SAFE_INTEGER));
    case "bool":
      return language("^(?:true|false)$");
    case "literals":
      return language(`^(?:${plain.values.map((value) => escaped(String(value))).join("|")})$`);
    case "uuid":
      return language("^[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}$");
    case "ip":
      return language(IP);
    default:
      return undefined;
  }
}

export function withoutNewtype(type: Type): Type {
  let plain = type;
  while (plain.kind === "newtype") plain = plain.base;
  return plain;
}

function language(pattern: string, shortest = 0, longest = Number.POSITIVE_INFINITY): Language | undefined {
  const tree = parsePattern(pattern);
  const automaton = tree && automatonOf(tree);
  return automaton && { automaton, shortest, longest };
}

function escaped(text: string): string {
  return text.replace(/[\^$\\.*+?()[\]{}|/]/g, "\\$&");
}

const OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
const IPV4 = `${OCTET}(?:\\.${OCTET}){3}`;
const GROUP = "[0-9a-fA-F]{1,4}";

/** RFC 4291 section 2.2: eight groups, the last two perhaps dotted; or up to seven around one `::`. */
const IP = `^(?:${[IPV4, `(?:${GROUP}:){7}${GROUP}`, `(?:${GROUP}:){6}${IPV4}`, ...shortened()].join("|")})$`;

function shortened(): readonly string[] {
  const forms: string[] = [];
  for (let before = 0; before <= 7; before++) {
    const head = before === 0 ? "" : `${GROUP}(?::${GROUP}){${before - 1}}`;
    const after = 7 - before;
    const tails = [after === 0 ? "" : `(?:${GROUP}(?::${GROUP}){0,${after - 1}})?`];
    if (after >= 2) tails.push(`(?:${GROUP}:){0,${after - 2}}${IPV4}`);
    forms.push(...tails.map((tail) => `${head}::${tail}`));
  }
  return forms;
}
