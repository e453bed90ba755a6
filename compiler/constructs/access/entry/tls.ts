/** `tls { certificate: ..., key: ... }`: the entry speaks TLS. Promises: nothing of a key is in the program, only where it lies. */
import type { StatementConstruct } from "../../construct.ts";
import { readPhrase } from "../../phrase-reader.ts";
import { readSettings } from "../../settings.ts";

export const TLS_SETTINGS = {
  certificate: {
    form: "value",
    type: { kind: "string" },
    required: true,
    doc: "the path of a PEM file with the certificate, then those between it and a root",
  },
  key: { form: "value", type: { kind: "string" }, required: true, doc: "the path of a PEM file with the certificate's private key" },
} as const;

export const tls: StatementConstruct = {
  kind: "statement",
  words: ["tls"],
  within: ["entry"],
  summary: "the entry speaks TLS 1.2 or 1.3",
  written: ["tls { certificate: PATH, key: PATH }"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, tls, context);
    const block = phrase.block("a block");
    if (!phrase.end() || block === undefined) return undefined;
    const { values } = readSettings(block, TLS_SETTINGS, { owner: "`tls`", head: statement.word.span }, context);
    const { certificate, key } = values;
    return certificate === undefined || key === undefined ? undefined : { kind: "tls", certificate, key, span: statement.span };
  },
};
