/** `client_certificate: forward`: servers are told of the certificate that the caller showed at an entry with `mtls` (RFC 9440). */
import type { Phrase } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { certificateForm, certificateNeverShown } from "./http.diagnostics.ts";

export function readForward(phrase: Phrase, context: CheckContext): boolean {
  const [word, ...more] = phrase.terms;
  if (word?.kind !== "name" || word.name !== "forward" || more.length > 0) {
    context.report(finding(certificateForm, phrase.span, { written: context.written(phrase.span, 40) }));
    return false;
  }
  if (!asksForCertificates(context)) context.report(finding(certificateNeverShown, phrase.span, {}));
  return true;
}

function asksForCertificates(context: CheckContext): boolean {
  return context
    .declared("entry")
    .some(({ statement }) =>
      statement.phrase.terms.some(
        (term) => term.kind === "block" && term.entries.some((entry) => entry.kind === "statement" && entry.word.name === "mtls"),
      ),
    );
}
