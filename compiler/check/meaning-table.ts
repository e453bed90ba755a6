/**
 * What declarations mean, each read once, when it is first asked for. Promises: the order of questions changes no
 * answer; a declaration that needs itself is reported once, with the way round; no chain of declarations exhausts the stack.
 */
import { finding } from "../../grammar/source/diagnostic.ts";
import type { Declaration } from "../bind/declaration.ts";
import { chainTooLong, circularDeclaration } from "./names.diagnostics.ts";
import type { Report } from "./report.ts";

/** Declarations between one and what it is made of. Types count theirs themselves, in their own words. */
const LONGEST_CHAIN = 256;

export type MeaningTable<Meaning> = (declaration: Declaration) => Meaning | undefined;

/** `again` answers for declarations that say themselves when they need themselves. */
export function meaningTable<Meaning>(
  read: (declaration: Declaration) => Meaning | undefined,
  report: Report,
  again: (declaration: Declaration) => Meaning | undefined,
): MeaningTable<Meaning> {
  const known = new Map<Declaration, Meaning | undefined>();
  const reading: Declaration[] = [];
  return (declaration) => {
    if (known.has(declaration)) return known.get(declaration);
    const since = reading.indexOf(declaration);
    if (since !== -1) {
      const answer = again(declaration);
      if (answer === undefined) reportCircle(reading.slice(since), report);
      return answer;
    }
    if (reading.length >= LONGEST_CHAIN && declaration.kind !== "type") {
      reportChain(reading[0] ?? declaration, report);
      return undefined;
    }
    reading.push(declaration);
    const meaning = read(declaration);
    reading.pop();
    known.set(declaration, meaning);
    return meaning;
  };
}

function reportChain({ name }: Declaration, report: Report): void {
  report(finding(chainTooLong, name.span, { name: name.name, most: LONGEST_CHAIN }));
}

function reportCircle(path: readonly Declaration[], report: Report): void {
  const [first, ...others] = path;
  if (first === undefined) return;
  const chain = [...path, first].map((declaration) => declaration.name.name);
  const related = others.map(({ name }) => ({ span: name.span, message: `\`${name.name}\` is needed on the way` }));
  report(finding(circularDeclaration, first.name.span, { chain }, related));
}
