/** `mtls { truststore: ... }`: callers of the entry show a certificate that leads to one of the file. */
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";
import { readSettings } from "../../settings.ts";

const USUAL_DEPTH = 4;

export const MTLS_SETTINGS = {
  truststore: {
    form: "value",
    type: { kind: "string" },
    required: true,
    doc: "the path of a PEM file with the certificates of the authorities that are trusted",
  },
  depth: {
    form: "constant",
    type: { kind: "int", min: 2, max: 10 },
    doc: "the most certificates in a chain, the caller's and the root's included",
    byDefault: "4",
  },
} as const;

export const mtls: StatementConstruct = {
  kind: "statement",
  words: ["mtls"],
  within: ["entry"],
  summary: "callers must show a certificate of an authority that is trusted",
  written: ["mtls { truststore: PATH }", "mtls { truststore: PATH, depth: 4 }"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, mtls, context);
    const block = phrase.block("a block");
    if (!phrase.end() || block === undefined) return undefined;
    const { values } = readSettings(block, MTLS_SETTINGS, { owner: "`mtls`", head: statement.word.span }, context);
    const { truststore, depth } = values;
    if (truststore === undefined) return undefined;
    return { kind: "mtls", truststore, depth: depth === undefined ? USUAL_DEPTH : Number(depth.value), span: statement.span };
  },
};
