/** The IAM documents of an account by name, and who has which of them. Promises: each is one that AWS would take; a name means a document. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { Report } from "../../../check/report.ts";
import type { PolicyFile } from "../../../model/iam.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { readPolicyData } from "../../access/iam/read-policy.ts";
import { entriesOf, itemsOf, plainText } from "./members.ts";
import { idlePrincipalsPolicy, unknownPrincipalsPolicy } from "./sigv4.diagnostics.ts";

export type AccountPolicies = {
  /** Numbers of a list of names; those of a broken document are left out. */
  readonly of: (node: DataNode | undefined, what: string) => readonly number[];
  readonly one: (node: DataNode) => number | undefined;
  /** Warns of those that nobody has. */
  readonly end: () => void;
};

/** `takeDocument` gives a document its number in the program. */
export function accountPolicies(
  node: DataNode | undefined,
  account: string,
  { report, takeDocument }: { readonly report: Report; readonly takeDocument: (file: PolicyFile) => number },
): AccountPolicies {
  const entries = entriesOf(node, `\`policies\` of account \`${account}\``, report) ?? [];
  const numbers = new Map<string, number | undefined>();
  for (const { key, value } of entries) {
    const file = readPolicyData(value, { kind: "identity", report });
    // Who calls is known when these are asked.
    numbers.set(key, file && takeDocument({ ...file, asksCaller: file.asksCaller.map(() => true) }));
  }
  const used = new Set<string>();
  const one = (item: DataNode): number | undefined => {
    const policy = plainText(item) ?? "";
    const meant = numbers.has(policy) ? policy : didYouMean(policy, numbers.keys());
    if (meant !== undefined) used.add(meant);
    if (meant === policy) return numbers.get(policy);
    report(finding(unknownPrincipalsPolicy, item.span, { policy: policy.slice(0, 60), account, meant }));
    return undefined;
  };
  return {
    one,
    of: (list, what) => [...new Set(itemsOf(list, what, report).flatMap((item) => one(item) ?? []))],
    end: () => {
      for (const { key, keySpan } of entries) if (!used.has(key)) report(finding(idlePrincipalsPolicy, keySpan, { policy: key, account }));
    },
  };
}
