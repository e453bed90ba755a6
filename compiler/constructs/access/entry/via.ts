/** `via ENTRY`: the listener behind which the VPC endpoint is, told by the PROXY header of a network load balancer. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";
import { unknownEntry } from "../../../check/program/doors.diagnostics.ts";

export const via: StatementConstruct = {
  kind: "statement",
  words: ["via"],
  within: ["entry"],
  summary: "the entry whose balancer says that a connection came by this VPC endpoint",
  written: ["via ENTRY"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, via, context);
    const name = phrase.name("the name of an entry");
    if (!phrase.end() || name === undefined) return undefined;
    const known = context.declared("entry").map((declaration) => declaration.name.name);
    if (known.includes(name.name)) return { kind: "via", listener: name.name, span: statement.span };
    context.report(finding(unknownEntry, name.span, { name: name.name, meant: didYouMean(name.name, known), known }));
    return undefined;
  },
};
