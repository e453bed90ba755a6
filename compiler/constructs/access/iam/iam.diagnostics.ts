/** What is wrong with an IAM policy document: what AWS would refuse, what could be read in two ways, and what seldom does what its author wanted. */
import { defineError, defineWarning } from "../../../../grammar/source/diagnostic.ts";

export const policyNotJson = defineError<{ why: string }>({
  code: "GWL4001",
  name: "policy-not-json",
  message: ({ why }) => `the policy is no JSON: ${why}`,
  help: () => "IAM policies are strict JSON (RFC 8259): no comments, no comma before a closing bracket, each key once",
});

export const unknownElement = defineError<{ element: string; where: string; meant: string | undefined }>({
  code: "GWL4002",
  name: "policy-unknown-element",
  message: ({ element, where }) => `${where} has no element \`${element}\``,
  help: ({ meant }) => (meant === undefined ? "remove it: AWS refuses the document" : `did you mean \`${meant}\`?`),
  replacement: ({ meant }) => ({ title: `write \`${meant ?? ""}\``, text: JSON.stringify(meant ?? "") }),
});

export const missingElement = defineError<{ element: string; where: string }>({
  code: "GWL4003",
  name: "policy-missing-element",
  message: ({ element, where }) => `${where} needs ${element}`,
  help: () => "AWS refuses the document without it",
});

export const elementForm = defineError<{ element: string; found: string; expected: string }>({
  code: "GWL4004",
  name: "policy-element-form",
  message: ({ element, found }) => `\`${element}\` cannot be ${found}`,
  help: ({ expected }) => `write ${expected}`,
});

export const elementsExclude = defineError<{ one: string; other: string }>({
  code: "GWL4005",
  name: "policy-elements-exclude",
  message: ({ one, other }) => `a statement has \`${one}\` or \`${other}\`, not both`,
  help: () => "make two statements of it",
});

export const misplacedPrincipal = defineError<{ element: string; kind: string }>({
  code: "GWL4006",
  name: "policy-misplaced-principal",
  message: ({ element, kind }) => `${kind} has no \`${element}\``,
  help: () => "such a policy is about the caller that it belongs to: leave the element out",
});

export const notPrincipalAllows = defineError({
  code: "GWL4007",
  name: "policy-not-principal-allows",
  message: () => "`NotPrincipal` cannot stand beside `Allow`",
  label: () => "allows everybody else, callers without a name among them",
  help: () => "list those who may call in `Principal`; AWS takes `NotPrincipal` with `Deny` only",
});

export const unknownOperator = defineError<{ operator: string; meant: string | undefined }>({
  code: "GWL4008",
  name: "policy-unknown-operator",
  message: ({ operator }) => `there is no condition operator \`${operator}\``,
  help: ({ meant }) =>
    meant === undefined
      ? "operators begin with String, Numeric, Date, Bool, Binary, IpAddress, NotIpAddress, Arn or Null, as in `StringEquals` or `ForAnyValue:StringLike`"
      : `did you mean \`${meant}\`?`,
  replacement: ({ meant }) => ({ title: `write \`${meant ?? ""}\``, text: JSON.stringify(meant ?? "") }),
});

export const conditionValue = defineError<{ operator: string; written: string; expected: string }>({
  code: "GWL4009",
  name: "policy-condition-value",
  message: ({ operator, written }) => `\`${operator}\` cannot compare with \`${written}\``,
  help: ({ expected }) => `write ${expected}`,
});

export const policyName = defineError<{ element: string; written: string; why: string; help: string }>({
  code: "GWL4010",
  name: "policy-name",
  message: ({ element, written, why }) => `\`${written}\` is no ${element}: ${why}`,
  help: ({ help }) => help,
});

export const policyVariable = defineError<{ written: string; why: string; help: string }>({
  code: "GWL4011",
  name: "policy-variable",
  message: ({ written, why }) => `the variable \`${written}\` ${why}`,
  help: ({ help }) => help,
});

export const policyTooLong = defineError<{ length: number; limit: number }>({
  code: "GWL4012",
  name: "policy-too-long",
  message: ({ length, limit }) => `the policy has ${length} characters without white space; AWS takes ${limit}`,
  help: () => "without `mode aws` there is no such limit; or move lists of addresses to a `network`",
});

export const repeatedSid = defineError<{ sid: string }>({
  code: "GWL4013",
  name: "policy-repeated-sid",
  message: ({ sid }) => `two statements have the \`Sid\` \`${sid}\``,
  help: () => "logs and `gwl explain` name statements by it: give one of them another",
});

export const absentKey = defineWarning<{ key: string; effect: string }>({
  code: "GWL4014",
  name: "policy-absent-key",
  message: ({ key }) => `no request to an API has the condition key \`${key}\``,
  label: ({ effect }) => effect,
  help: () => "check its name; the manual's page about `resource_policy` lists the keys that there are",
});

export const plainOperatorOnSet = defineWarning<{ operator: string; key: string }>({
  code: "GWL4015",
  name: "policy-plain-operator-on-set",
  message: ({ operator, key }) => `\`${key}\` may have many values, and \`${operator}\` does not say whether one or all have to fit`,
  label: () => "GWL takes one of them for enough; AWS does not say what it does",
  help: ({ operator }) => `write \`ForAnyValue:${operator}\`, or \`ForAllValues:${operator}\` in a deny`,
});

export const negatedOnAbsentKey = defineWarning<{ operator: string; key: string }>({
  code: "GWL4020",
  name: "policy-negated-on-absent-key",
  message: ({ operator, key }) => `\`${operator}\` also allows requests without \`${key}\``,
  label: () => "a negated operator is true where its key is absent",
  help: ({ key }) => `require the key beside it: \`"Null": { ${JSON.stringify(key)}: "false" }\``,
});

export const forAllValuesAllows = defineWarning<{ key: string }>({
  code: "GWL4021",
  name: "policy-for-all-values-allows",
  message: ({ key }) => `\`ForAllValues\` also allows requests without \`${key}\``,
  label: () => "it is true of no values at all",
  help: ({ key }) => `require the key beside it: \`"Null": { ${JSON.stringify(key)}: "false" }\``,
});

export const boolMisses = defineWarning<{ key: string }>({
  code: "GWL4022",
  name: "policy-bool-misses-absent-key",
  message: ({ key }) => `this deny misses callers without \`${key}\``,
  label: () => "long-term access keys never bring it, so they pass",
  help: () => "write `BoolIfExists`",
  replacement: () => ({ title: "write `BoolIfExists`", text: '"BoolIfExists"' }),
});

export const notPrincipalForgetsAccount = defineWarning<{ account: string }>({
  code: "GWL4023",
  name: "policy-not-principal-forgets-account",
  message: ({ account }) => `this deny spares nobody of the account ${account}`,
  label: () => "a caller is spared only where its account, its role and its own name are listed",
  help: ({ account }) => `list \`arn:aws:iam::${account}:root\` as well, or deny by \`ArnNotLike\` on \`aws:PrincipalArn\``,
});

export const IAM_DIAGNOSTICS = [
  policyNotJson,
  unknownElement,
  missingElement,
  elementForm,
  elementsExclude,
  misplacedPrincipal,
  notPrincipalAllows,
  unknownOperator,
  conditionValue,
  policyName,
  policyVariable,
  policyTooLong,
  repeatedSid,
  absentKey,
  plainOperatorOnSet,
  negatedOnAbsentKey,
  forAllValuesAllows,
  boolMisses,
  notPrincipalForgetsAccount,
] as const;
