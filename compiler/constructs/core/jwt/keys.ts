/** Where the keys of a `jwt` identity come from: a file, a URL, or a shared secret. Promises: the kind fits the algorithms. */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../../grammar/source/span.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkValue } from "../../../check/expressions/check-expression.ts";
import type { JwtAlgorithm, JwtKeys } from "../../../model/program.ts";
import { readTerms } from "../../phrase-reader.ts";
import { foundTerm } from "../../terms.ts";
import { isShared } from "./algorithms.ts";
import { keysForm, keysMisplaced, keysMissing, secretForm } from "./jwt.diagnostics.ts";
import { readKeyFile } from "./key-file.ts";

export type KeySettings = {
  readonly keys: Phrase | undefined;
  readonly secret: Phrase | undefined;
  readonly algorithms: readonly JwtAlgorithm[] | undefined;
  /** Of the settings as written, for what is missing or too much. */
  readonly places: ReadonlyMap<string, Span>;
  readonly head: Span;
};

/** Undefined after a finding. */
export function readKeys({ keys, secret, algorithms, places, head }: KeySettings, context: CheckContext): JwtKeys | undefined {
  const read = keys !== undefined ? readPublicKeys(keys, algorithms, context) : secret && readSharedSecret(secret, context);
  if (algorithms === undefined) return read;
  const needs = algorithms.some(isShared) ? "secret" : "keys";
  const has = needs === "secret" ? "keys" : "secret";
  const misplaced = places.get(has);
  if (misplaced !== undefined) {
    context.report(finding(keysMisplaced, misplaced, { has, needs }));
    return undefined;
  }
  if (!places.has(needs)) context.report(finding(keysMissing, head, { needs }));
  return read;
}

function readPublicKeys(phrase: Phrase, algorithms: readonly JwtAlgorithm[] | undefined, context: CheckContext): JwtKeys | undefined {
  const owner = { word: "keys", end: phrase.span, written: ['keys: from "FILE"', "keys: url URL"] };
  const reader = readTerms(phrase.terms, owner, context);
  if (reader.takes("from")) {
    const path = reader.text("a file in quotes");
    return reader.end() && path !== undefined ? readKeyFile(path, algorithms, context) : undefined;
  }
  if (reader.takes("url")) {
    const terms = reader.value("a URL");
    if (!reader.end() || terms === undefined) return undefined;
    const place = context.place(phrase.span.file, { kind: "nothing", what: "the URL of the keys" });
    return { kind: "url", url: checkValue({ terms, span: phrase.span }, place, context.report, { kind: "url" }) };
  }
  const [first] = phrase.terms;
  context.report(finding(keysForm, phrase.span, { found: foundTerm(first, context.written(phrase.span, 60)) }));
  return undefined;
}

function readSharedSecret(phrase: Phrase, context: CheckContext): JwtKeys | undefined {
  const secret = readSecret(phrase, context);
  return secret === undefined ? undefined : { kind: "secret", secret };
}

/** The name of a declared secret. */
export function readSecret(phrase: Phrase, context: CheckContext): string | undefined {
  const [name, ...more] = phrase.terms;
  if (name?.kind !== "name" || more.length > 0) {
    const found = name?.kind === "text" ? "a text" : foundTerm(name, context.written(phrase.span, 60));
    context.report(finding(secretForm, phrase.span, { found }));
    return undefined;
  }
  return context.resolve("secret", name)?.name;
}
