/** In conditions and values: operands where one is missing, operators behind one, members behind a dot. */
import { RESERVED_WORDS } from "../../grammar/reserved-words.ts";
import { RESERVED_VALUES } from "../../compiler/bind/name-rules.ts";
import { FUNCTION_NAMES } from "../../compiler/check/expressions/function-names.ts";
import { ROOT_EXAMPLES, ROOT_NAMES } from "../../compiler/check/expressions/root.ts";
import { printType } from "../../compiler/check/types/print-type.ts";
import { acceptedIdentities } from "./accepted.ts";
import type { Candidate } from "./candidate.ts";
import { chainAt, chainType, membersOf, membersOfRoot, methodsOf } from "./chain-type.ts";
import type { CompletionPlace } from "./completion-place.ts";
import { declaredNames } from "./complete-names.ts";
import type { Piece } from "./situation.ts";
import { valuesOf } from "./type-values.ts";

const COMPARES: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">=", "in", "matches"]);

/** `pieces` are those of the expression so far, or of more. */
export function expressionWords(place: CompletionPlace, pieces: readonly Piece[]): readonly Candidate[] {
  const last = pieces.at(-1)?.text;
  if (last === "is") return identities(place);
  if (last !== undefined && isOperand(last)) return behindOperand(place, pieces);
  const compared = last !== undefined && COMPARES.has(last) ? comparedValues(place, pieces.slice(0, -1)) : [];
  const networks = last === "in" ? declaredNames(place, ["network"]).map((one) => ({ ...one, rank: Math.min(one.rank ?? 0, 0) })) : [];
  return [...compared, ...networks, ...operands(place)];
}

/** A word that ends an operand is no operator and asks for none. */
export function isOperand(text: string): boolean {
  return /^["0-9)\]}A-Za-z_]/.test(text) && !RESERVED_WORDS.has(text) && !OPENERS.has(text) ? true : text === "true" || text === "false";
}

/** Words of statements that a value follows. */
const OPENERS: ReadonlySet<string> = new Set(["when", "where", "because", "require", "at", "by", "from", "body", "headers", "known"]);

function behindOperand({ seen }: CompletionPlace, pieces: readonly Piece[]): readonly Candidate[] {
  const isIf = pieces.some(({ text }) => text === "if");
  const left = ["not", "has", "if", "true", "false", "is", ...(isIf ? [] : ["then", "else"])];
  const words = [...RESERVED_WORDS].filter((word) => !left.includes(word));
  const isPrincipal = pieces.at(-1)?.text === "principal" && seen.quick.shapes.identities.length > 0;
  return operators([...(isPrincipal ? ["is"] : []), ...words, "==", "!=", "<=", ">=", "??"]);
}

export const operators = (labels: readonly string[]): readonly Candidate[] =>
  labels.map((label): Candidate => ({ label, kind: "operator", rank: label === "is" ? 0 : 2 }));

/** Those that the caller may be here, and whether it is anybody. */
function identities(place: CompletionPlace): readonly Candidate[] {
  const accepted = acceptedIdentities(place.around?.reads);
  const fitting = declaredNames(place, ["identity"]).filter(({ label }) => accepted === undefined || accepted.includes(label));
  return [...fitting, { label: "known", kind: "keyword", detail: "somebody who has proved who they are", rank: 2 }];
}

function comparedValues(place: CompletionPlace, left: readonly Piece[]): readonly Candidate[] {
  const type = chainType(place, chainAt(left));
  const names = chainAt(left);
  if (type === undefined) return [];
  // The stage and the name of an api are bare words.
  const isBare = names[0] === "stage" || (names[0] === "route" && names[1] === "api");
  return valuesOf(type).map((value) =>
    isBare ? { ...value, label: value.label.replaceAll('"', ""), kind: names[0] === "stage" ? "stage" : "api" } : value,
  );
}

/** In quotes behind `==`: the texts of the left side's type. */
export function literalValues(place: CompletionPlace): readonly string[] {
  const last = place.entry.at(-1)?.text;
  if (last === undefined || !COMPARES.has(last)) return [];
  return comparedValues(place, place.entry.slice(0, -1)).flatMap(({ label }) => (label.startsWith('"') ? [label.slice(1, -1)] : []));
}

function operands(place: CompletionPlace): readonly Candidate[] {
  const parameters = (place.around?.parameters ?? []).map(
    ({ name, type }): Candidate => ({ label: name, kind: "parameter", detail: printType(type), rank: 1 }),
  );
  const roots = ROOT_NAMES.filter((name) => isReadable(place, name)).map((name): Candidate => {
    const example = ROOT_EXAMPLES.get(name);
    return { label: name, kind: "field", detail: example ?? name, documentation: RESERVED_VALUES.get(name) ?? "", rank: 2 };
  });
  const functions = FUNCTION_NAMES.map((name): Candidate => {
    const insert = name === "concat" ? "concat($1)$0" : `${name}("$1")$0`;
    return { label: name, kind: "function", documentation: RESERVED_VALUES.get(name) ?? "", insert, isSnippet: true, rank: 3 };
  });
  const words = ["not", "has", "if", "true", "false"].filter((word) => RESERVED_WORDS.has(word));
  return [
    ...parameters,
    ...declaredNames(place, ["let", "env", "network"]),
    ...roots,
    ...functions,
    ...words.map((label): Candidate => ({ label, kind: "operator", rank: 4 })),
  ];
}

/** Whether the place may read it at all. */
function isReadable({ around, seen }: CompletionPlace, root: string): boolean {
  const reads = around?.reads;
  if (root === "stage") return seen.quick.bound.stages.size > 0;
  if (reads?.kind !== "request") return true;
  if (root === "principal") return "callers" in reads.principal;
  if (root === "body") return "type" in reads.body;
  return root === "params" ? "parameters" in reads.parameters && reads.parameters.parameters.length > 0 : true;
}

export function behindDot(place: CompletionPlace): readonly Candidate[] {
  const names = chainAt(place.entry);
  const [root, ...rest] = names;
  if (root === undefined) return [];
  const narrowed = place.entry.flatMap(({ text }, at) => (place.entry[at - 1]?.text === "is" ? [text] : []));
  const known = rest.length === 0 ? membersOfRoot(place, root, narrowed) : [];
  if (known.length > 0)
    return known.map(({ name, type }) => ({ label: name, kind: "field", detail: printType(type), rank: 1, ...calledMember(root, name) }));
  const type = chainType(place, names);
  if (type === undefined) return [];
  return [
    ...membersOf(type).map((member): Candidate => ({ label: member.name, kind: "field", detail: printType(member.type), rank: 1 })),
    ...methodsOf(type).map(
      (label): Candidate => ({
        label,
        kind: "method",
        insert: label === "lower" || label === "text" ? `${label}()` : `${label}($1)$0`,
        isSnippet: true,
        rank: 2,
      }),
    ),
  ];
}

/** `time.of_day("Europe/Berlin")` takes a zone. */
function calledMember(root: string, name: string): Partial<Candidate> {
  return root === "time" && name !== "now" ? { insert: `${name}("$1")$0`, isSnippet: true } : {};
}
