/** `accept A or B`: who must authenticate. Promises: names are declared identities, each once; `A and B` is refused until it is built. */
import type { Statement } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../check/context.ts";
import type { StatementConstruct } from "../construct.ts";
import { notSupportedYet } from "../frame.diagnostics.ts";
import { readPhrase } from "../phrase-reader.ts";
import type { Piece } from "../piece.ts";
import { acceptedTwice, identitiesExpected } from "./access.diagnostics.ts";
import { namesIn } from "./accepted-identities.ts";

export const accept: StatementConstruct = {
  kind: "statement",
  words: ["accept"],
  within: ["gateway", "api", "group", "route"],
  summary: "identities, exactly one of which a caller must prove",
  written: ["accept IDENTITY", "accept IDENTITY or IDENTITY"],
  read,
};

function read(statement: Statement, context: CheckContext): Piece | undefined {
  const phrase = readPhrase(statement, accept, context);
  const node = phrase.expression("an identity");
  if (!phrase.end() || node === undefined) return undefined;
  if (node.kind === "binary" && node.operator === "and") {
    context.report(finding(notSupportedYet, node.span, { what: "accepting two identities at once", instead: undefined }));
    return undefined;
  }
  const names = namesIn(node);
  if (names === undefined) {
    context.report(finding(identitiesExpected, node.span, { found: context.written(node.span, 60) }));
    return undefined;
  }
  const identities: string[] = [];
  for (const name of names) {
    const identity = context.resolve("identity", name);
    if (identity === undefined) continue;
    if (identities.includes(identity.name)) context.report(finding(acceptedTwice, name.span, { name: name.name }));
    else identities.push(identity.name);
  }
  return identities.length === 0 ? undefined : { kind: "accept", identities, span: statement.span };
}
