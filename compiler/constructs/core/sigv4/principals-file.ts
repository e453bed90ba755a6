/** `principals: from "FILE"`: the callers that the file holds. Promises: pure but for its findings; each key and id belongs to one caller. */
import type { TextNode } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import { type Span, sourceFile } from "../../../../grammar/source/span.ts";
import { ARTICLE_OF } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { PolicyFile } from "../../../model/iam.ts";
import type { SigV4Caller } from "../../../model/principals.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { readData } from "../../../yaml/read-data.ts";
import { type AccountReading, readAccount } from "./account.ts";
import { entriesOf, readMembers, textOf } from "./members.ts";
import {
  brokenPrincipals,
  nobodySigns,
  principalsForm,
  repeatedAccessKey,
  repeatedPrincipalId,
  secretIsNone,
} from "./sigv4.diagnostics.ts";

const FILE_MEMBERS = {
  version: { doc: "the version of this form, `1`", required: true },
  partition: { doc: "`aws`, or another partition, as in `aws-cn`" },
  accounts: { doc: "the accounts, by their 12 digits", required: true },
} as const;

export type Principals = {
  readonly file: string;
  /** All accounts of the file, with callers or without. */
  readonly accounts: readonly string[];
  readonly callers: readonly SigV4Caller[];
  /** IAM documents by their numbers in the program. */
  readonly documents: ReadonlyMap<number, PolicyFile>;
};

/** Undefined where there is no file, which is reported, or nothing of it could be read. */
export function readPrincipals(path: TextNode, context: CheckContext): Principals | undefined {
  const data = context.data(path, "principals");
  if (data === undefined) return undefined;
  const { file, text } = data;
  const { report } = context;
  const reading = readData(file, text);
  if (!reading.ok) {
    for (const { span, what } of reading.problems.slice(0, 5)) report(finding(brokenPrincipals, span, { file, why: what }));
    return undefined;
  }
  const members = readMembers(reading.node, FILE_MEMBERS, "a principals file", report);
  if (members?.accounts === undefined) return undefined;
  if (members.version !== undefined) textOf(members.version, "`version`", /^1$/, "`1`", report);
  const partition =
    (members.partition && textOf(members.partition, "`partition`", /^aws(?:-[a-z]+)*$/, "a partition, as in `aws`", report)) ?? "aws";
  const accounts = entriesOf(members.accounts, "`accounts`", report) ?? [];
  const around = accountReading(path, sourceFile(file, text), partition, context);
  const callers = accounts.flatMap(({ key, keySpan, value }) => {
    if (/^[0-9]{12}$/.test(key)) return readAccount(key, value, around);
    report(finding(principalsForm, keySpan, { what: "an account", expected: "12 digits", found: `\`${key.slice(0, 60)}\`` }));
    return [];
  });
  if (callers.length === 0 && !around.hasFindings()) report(finding(nobodySigns, path.span, { file }));
  return { file, accounts: accounts.map(({ key }) => key), callers, documents: around.documents };
}

function accountReading(
  path: TextNode,
  source: AccountReading["source"],
  partition: string,
  context: CheckContext,
): AccountReading & { readonly hasFindings: () => boolean; readonly documents: ReadonlyMap<number, PolicyFile> } {
  const keys = new Map<string, Span>();
  const ids = new Map<string, Span>();
  const documents = new Map<number, PolicyFile>();
  let findings = 0;
  const report: CheckContext["report"] = (found) => {
    if (found.severity === "error") findings += 1;
    context.report(found);
  };
  const first = (places: Map<string, Span>, name: string, at: Span): Span | undefined => {
    const before = places.get(name);
    if (before === undefined) places.set(name, at);
    return before;
  };
  return {
    report,
    source,
    partition,
    path: path.span,
    hasFindings: () => findings > 0,
    documents,
    takeDocument: (taken) => {
      const number = context.document(taken);
      documents.set(number, taken);
      return number;
    },
    isDeclaredSecret: (name) => context.find("value", { kind: "name", name, span: path.span })?.kind === "secret",
    takeSecret: (name, at) => {
      const declared = context.find("value", { kind: "name", name, span: path.span });
      if (declared === undefined || declared.kind === "secret") return true;
      report(
        finding(secretIsNone, at, { name, what: ARTICLE_OF[declared.kind] }, [{ span: declared.name.span, message: "declared here" }]),
      );
      return false;
    },
    takeKeyId: (id, at) => {
      const before = first(keys, id, at);
      if (before !== undefined) report(finding(repeatedAccessKey, at, { id }, [{ span: before, message: "first here" }]));
    },
    takeId: (id, { span }: DataNode) => {
      const before = first(ids, id, span);
      if (before !== undefined) report(finding(repeatedPrincipalId, span, { id }, [{ span: before, message: "first here" }]));
    },
  };
}
