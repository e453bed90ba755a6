/** `identity NAME = sigv4 { ... }`: callers who sign their requests as AWS clients do. Promises: each caller and key is known before any request. */
import type { Block, Phrase, TextNode } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import { checkExpression, checkValue } from "../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../model/expression.ts";
import type { SigV4Identity } from "../../../model/program.ts";
import type { Type } from "../../../model/types.ts";
import { readTerms } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../../settings.ts";
import type { IdentityKindConstruct } from "../identity/identity-kind.ts";
import { callerClaims } from "./caller-claims.ts";
import { NO_ACCESS, policyRules } from "./policy-rules.ts";
import { type Principals, readPrincipals } from "./principals-file.ts";
import { accountWithoutPrincipals, emptySigV4List } from "./sigv4.diagnostics.ts";

export const SIGV4_SETTINGS = {
  principals: { form: "phrase", required: true, doc: 'the file of callers and their keys: `from "principals.yaml"`' },
  regions: { form: "phrase", required: true, doc: 'the regions that signatures may be for, as in `["eu-west-1"]`' },
  accounts: { form: "phrase", doc: "the accounts whose callers are known", byDefault: "all of the file" },
  unsigned_payload: { form: "constant", type: { kind: "bool" }, doc: "whether bodies may come unsigned", byDefault: "`false`" },
} as const satisfies SettingShapes;

export const sigv4: IdentityKindConstruct = {
  written: ["identity NAME = sigv4 { ... }"],
  read: (declaration, phrase, context) => {
    phrase.name("a kind");
    const block = phrase.block("its settings in braces");
    return phrase.end() && block !== undefined ? readSigV4(declaration, block, context) : undefined;
  },
};

function readSigV4({ name, statement }: Declaration, block: Block, context: CheckContext): SigV4Identity {
  const { values } = readSettings(block, SIGV4_SETTINGS, { owner: "a `sigv4` identity", head: name.span }, context);
  const path = values.principals && readPath(values.principals, context);
  const principals = path && readPrincipals(path, context);
  const callers = principals?.callers ?? [];
  const accounts = values.accounts && readList(values.accounts, "accounts", { kind: "accountId" }, context);
  if (principals !== undefined) checkAccounts(accounts ?? [], principals, context);
  return {
    kind: "sigv4",
    name: name.name,
    subject: "id",
    headers: [],
    accounts: accounts ?? [],
    regions: (values.regions && readList(values.regions, "regions", { kind: "string" }, context)) ?? [],
    unsignedPayload: values.unsigned_payload?.value === true,
    callers,
    access: path && principals ? policyRules(name.name, callers, principals.documents, path.span, context) : NO_ACCESS,
    claims: callerClaims(callers, path?.span ?? statement.span),
    span: statement.span,
  };
}

/** `from "FILE"` */
function readPath({ terms, span }: Phrase, context: CheckContext): TextNode | undefined {
  const reader = readTerms(terms, { word: "principals", end: span, written: ['principals: from "FILE"'] }, context);
  reader.word("from");
  const path = reader.text("a file in quotes");
  return reader.end() ? path : undefined;
}

const EXAMPLES = { accounts: 'accounts: ["111122223333"]', regions: 'regions: ["eu-west-1"]' } as const;

/** One value, or a list of some. */
function readList(phrase: Phrase, setting: keyof typeof EXAMPLES, type: Type, context: CheckContext): readonly Expr[] {
  const place = context.place(phrase.span.file, { kind: "nothing", what: `the ${setting} of an identity` });
  const [first, ...more] = phrase.terms;
  if (first?.kind !== "list" || more.length > 0) return [checkValue(phrase, place, context.report, type)];
  if (first.items.length === 0) context.report(finding(emptySigV4List, first.span, { setting, example: EXAMPLES[setting] }));
  return first.items.map((item) => checkExpression(item, place, context.report, type));
}

/** What is constant can be looked up; an environment value is looked up by nobody, and callers of other accounts are none. */
function checkAccounts(accounts: readonly Expr[], { file, accounts: known }: Principals, context: CheckContext): void {
  for (const account of accounts) {
    if (account.op !== "const" || account.type.kind === "poison" || known.includes(String(account.value))) continue;
    context.report(finding(accountWithoutPrincipals, account.span, { account: String(account.value), file, known }));
  }
}
