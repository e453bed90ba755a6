/** Actions, resources and principals of a statement: each is a name that AWS takes, or is reported with what is wrong with it. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { NamedPrincipal } from "../../../../runtime/contract/iam.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { entriesOf, found, type Reading, type TextData, textsOf } from "./elements.ts";
import { elementForm, policyName } from "./iam.diagnostics.ts";
import { checkVariables, refuseVariables, withoutVariables } from "./variables.ts";

const ACTIONS = ["Invoke", "InvalidateCache", "ManageConnections"] as const;

/** False after a finding. */
export function checkAction(node: TextData, reading: Reading): boolean {
  const { value, span } = node;
  const wrong = (why: string, help: string): boolean => {
    reading.report(finding(policyName, span, { element: "action", written: value, why, help }));
    return false;
  };
  if (!refuseVariables(node, "an action", reading)) return false;
  if (value === "*") return true;
  const [, service = "", name = ""] = /^([a-z0-9-]+):([A-Za-z0-9*?]+)$/i.exec(value) ?? [];
  if (service === "") return wrong("actions are written `service:Name`", "write `execute-api:Invoke`");
  if (reading.kind === "identity") return true;
  if (service.toLowerCase() !== "execute-api")
    return wrong(`an API is never asked for actions of \`${service}\``, "write `execute-api:Invoke`");
  const pattern = new RegExp(`^${name.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  if (ACTIONS.some((action) => pattern.test(action))) return true;
  const meant = didYouMean(name, ACTIONS) ?? "Invoke";
  return wrong("`execute-api` has the actions Invoke, InvalidateCache and ManageConnections", `write \`execute-api:${meant}\``);
}

const RESOURCE_HELP =
  "write `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/VERB/PATH`, or `execute-api:/STAGE/VERB/PATH` for the API that the policy belongs to";

/** False after a finding. */
export function checkResource(node: TextData, reading: Reading): boolean {
  const { value, span } = node;
  const wrong = (why: string, help = RESOURCE_HELP): boolean => {
    reading.report(finding(policyName, span, { element: "resource", written: value, why, help }));
    return false;
  };
  if (!checkVariables(node, reading)) return false;
  if (value === "*") return true;
  if (/[\s\p{Cc}]/u.test(withoutVariables(value))) return wrong("it holds white space");
  if (value.startsWith("execute-api:/")) {
    return reading.kind === "resource" || wrong("the short form belongs to the policy of one API", "write the whole ARN");
  }
  const [arn, partition = "", service = "", region = "", account = "", ...rest] = withoutVariables(value).split(":");
  if (arn !== "arn" || rest.length === 0) return wrong("an ARN has six parts between colons");
  if (value.split(":", 5).join(":").includes("${")) return wrong("variables stand in its sixth part only");
  if (!/^[a-z*?-]+$/.test(partition)) return wrong("its second part is a partition such as `aws`");
  if (reading.kind !== "identity" && service !== "execute-api" && service !== "*") return wrong("it is no resource of `execute-api`");
  if (!/^[a-z0-9*?-]*$/.test(region)) return wrong("its fourth part is a region such as `eu-west-1`");
  const isAccount = account === "" || account === "aws" || (/^[0-9*?]+$/.test(account) && (/[*?]/.test(account) || account.length === 12));
  return isAccount || wrong("its fifth part is an account of 12 digits");
}

const PRINCIPAL_KINDS = ["AWS", "Service", "Federated", "CanonicalUser"] as const;

/** Undefined after a finding. */
export function readPrincipals(element: string, node: DataNode, reading: Reading): readonly NamedPrincipal[] | undefined {
  const expected = '`"*"` or an object such as `{ "AWS": "arn:aws:iam::111122223333:role/Reader" }`';
  if (node.kind === "text" && node.value === "*") return [{ kind: "anyone" }];
  if (node.kind !== "map" || node.entries.length === 0) {
    reading.report(finding(elementForm, node.span, { element, found: found(node), expected }));
    return undefined;
  }
  const entries = entriesOf(node, PRINCIPAL_KINDS, `\`${element}\``, reading.report);
  const read = PRINCIPAL_KINDS.flatMap((kind): readonly (NamedPrincipal | undefined)[] => {
    const entry = entries.get(kind);
    if (entry === undefined) return [];
    const texts = textsOf(kind, entry.value, "a name, or a list of names that is not empty", reading.report);
    return texts?.map((text) => principal(kind, text, reading)) ?? [undefined];
  });
  const whole = read.filter((one) => one !== undefined);
  const isKnown = node.entries.every(({ key }) => PRINCIPAL_KINDS.some((kind) => kind === key));
  return isKnown && whole.length === read.length ? whole : undefined;
}

function principal(kind: (typeof PRINCIPAL_KINDS)[number], node: TextData, reading: Reading): NamedPrincipal | undefined {
  const { value, span } = node;
  const wrong = (why: string, help: string): undefined => {
    reading.report(finding(policyName, span, { element: "principal", written: value, why, help }));
  };
  if (!refuseVariables(node, "a principal", reading)) return undefined;
  switch (kind) {
    case "AWS":
      return (
        awsPrincipal(value) ??
        wrong(
          whyNoPrincipal(value),
          "write an account, or the ARN of a user, role or session, as in `arn:aws:iam::111122223333:role/Reader`",
        )
      );
    case "Service":
      if (/^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/.test(value)) return { kind: "service", service: value };
      return wrong("services are named by their domain", "write it as in `events.amazonaws.com`");
    case "Federated":
      if (/^(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|arn:aws[a-z-]*:iam::[0-9]{12}:(?:saml|oidc)-provider\/[\w+=,.@/:-]+)$/i.test(value)) {
        return { kind: "federated", provider: value };
      }
      return wrong("it names no identity provider", "write a domain, or the ARN of a SAML or OIDC provider");
    case "CanonicalUser":
      return /^[0-9a-f]{64}$/.test(value)
        ? { kind: "canonicalUser", id: value }
        : wrong("it has not 64 hex digits", "name the account in `AWS`");
  }
}

function awsPrincipal(value: string): NamedPrincipal | undefined {
  if (value === "*") return { kind: "anyone" };
  if (/^[0-9]{12}$/.test(value)) return { kind: "account", account: value };
  const [, account] = /^arn:aws[a-z-]*:iam::([0-9]{12}):root$/.exec(value) ?? [];
  if (account !== undefined) return { kind: "account", account };
  const isIam = /^arn:aws[a-z-]*:iam::[0-9]{12}:(?:user|role)\/[!-)+->@-~]+$/.test(value);
  const isSession = /^arn:aws[a-z-]*:sts::[0-9]{12}:(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+)$/.test(value);
  return isIam || isSession ? { kind: "arn", arn: value } : undefined;
}

function whyNoPrincipal(value: string): string {
  if (/[*?]/.test(value)) return "a principal has no wildcards";
  if (/:group\//.test(value)) return "a group cannot call";
  if (/^[0-9]+$/.test(value)) return "an account has 12 digits";
  return "it names no account, user, role or session";
}
