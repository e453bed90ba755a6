/** `secret NAME: String`: a value of the environment that is never shown. Promises: it has no expression, so nothing can print it (D14). */
import { defineError, finding } from "../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import type { Secret, SecretKind } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";

export const secretType = defineError<{ written: string }>({
  code: "GWL3605",
  name: "secret-type",
  message: ({ written }) => `a secret is a String, a KeyStore or a UserStore, not \`${written}\``,
  help: () => "secrets are taken as they are and handed to the construct that names them; write `secret NAME: String`",
});

export const SECRET_DIAGNOSTICS = [secretType] as const;

export const secret: DeclarationConstruct<"secret"> = {
  kind: "declaration",
  words: ["secret"],
  within: ["file"],
  summary: "a value of the environment that cannot be printed, logged or built in",
  written: ["secret NAME: String", "secret NAME: KeyStore", "secret NAME: UserStore"],
  declares: "secret",
  mean: readSecret,
};

const KINDS: ReadonlyMap<string, SecretKind> = new Map([
  ["String", "string"],
  ["KeyStore", "keyStore"],
  ["UserStore", "userStore"],
]);

/** A secret of a wrong type still is one: whoever names it gets no second finding. */
function readSecret({ statement, name }: Declaration, context: CheckContext): Secret | undefined {
  const phrase = readPhrase(statement, secret, context);
  phrase.name("a name");
  phrase.mark(":");
  const type = phrase.expression("its type, `String`,");
  if (!phrase.end() || type === undefined) return undefined;
  const kind = type.kind === "name" ? KINDS.get(type.name) : undefined;
  if (kind === undefined) context.report(finding(secretType, type.span, { written: context.written(type.span, 40) }));
  return { name: name.name, kind: kind ?? "string", span: statement.span };
}
