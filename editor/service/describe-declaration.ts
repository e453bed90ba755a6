/** A declaration in a few lines of Markdown: its head, what it comes to, its documentation. Promises: needs no whole program, so it helps in broken ones. */
import type { Statement } from "../../grammar/ast.ts";
import type { Declaration } from "../../compiler/bind/declaration.ts";
import { printType } from "../../compiler/check/types/print-type.ts";
import type { Program } from "../../compiler/model/program.ts";
import type { Quick } from "./program-view.ts";
import { headText } from "./words.ts";

/** Blocks of a network that are listed. */
const MOST_BLOCKS = 12;

/** `program` adds what only a check of the whole knows: the blocks of a network. */
export function describeDeclaration({ statement, kind, name, file }: Declaration, quick: Quick, program: Program | undefined): string {
  const text = quick.bound.loaded.files.find((one) => one.file === file)?.source.text ?? "";
  const lines = [`\`\`\`gwl\n${declared(statement, text)}\n\`\`\``];
  const meaning = kind === "network" ? networkText(name.name, program) : kind === "let" ? letText(statement, quick, file) : undefined;
  if (meaning !== undefined) lines.push(meaning);
  if (statement.doc !== undefined && statement.doc !== "") lines.push(statement.doc);
  return lines.join("\n\n");
}

/** The whole of what is short, else the head. */
function declared(statement: Statement, text: string): string {
  const whole = text.slice(statement.span.start, statement.span.end);
  return whole.length <= 300 && whole.split("\n").length <= 10 ? whole : headText(statement, text);
}

function networkText(name: string, program: Program | undefined): string | undefined {
  const network = program?.networks.find((one) => one.name === name);
  if (network === undefined) return undefined;
  const { cidrs } = network;
  const shown = cidrs.slice(0, MOST_BLOCKS).map((cidr) => `\`${cidr}\``);
  const more = cidrs.length > MOST_BLOCKS ? `, and ${(cidrs.length - MOST_BLOCKS).toLocaleString("en")} more` : "";
  return `${addressCount(cidrs)} in ${cidrs.length.toLocaleString("en")} ${cidrs.length === 1 ? "block" : "blocks"}, folded: ${shown.join(", ")}${more}`;
}

function addressCount(cidrs: readonly string[]): string {
  const count = (bits: number, isOf: (cidr: string) => boolean): bigint =>
    cidrs.filter(isOf).reduce((sum, cidr) => sum + (1n << BigInt(bits - Number(cidr.split("/")[1] ?? bits))), 0n);
  const isV6 = (cidr: string): boolean => cidr.includes(":");
  const [four, six] = [count(32, (cidr) => !isV6(cidr)), count(128, isV6)];
  const words = [
    ...(four > 0n || six === 0n ? [`${four.toLocaleString("en")} IPv4 ${four === 1n ? "address" : "addresses"}`] : []),
    ...(six > 0n
      ? [
          `${six > 1_000_000n ? `about 2^${six.toString(2).length - 1}` : six.toLocaleString("en")} IPv6 ${six === 1n ? "address" : "addresses"}`,
        ]
      : []),
  ];
  return words.join(" and ");
}

/** The type of a constant. */
function letText(statement: Statement, quick: Quick, file: string): string | undefined {
  const value = statement.phrase.terms.at(-1);
  if (value === undefined || value.kind === "block" || value.kind === "mark") return undefined;
  const expr = quick.files.get(file)?.types.get(value);
  return expr === undefined || expr.type.kind === "poison" ? undefined : `a constant of type \`${printType(expr.type)}\``;
}
