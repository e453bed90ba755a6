/** Actions, resources and principals that a document may name. */
import type { NamedPrincipal, PolicyDocument } from "../../contract/iam.ts";
import type { DocumentKind } from "./document-kind.ts";

const variable = /^\$\{(?:[*?$]|[^\s,'${}:]+:[^,'${}]+(?:,\s*'[^'}]*')?\s*)\}$/;
const variables = /\$\{[^}]*\}?/g;

/** Whether all that looks like a variable is one; before 2012-10-17 there are none, and what looks like one is refused. */
export function hasSoundVariables(text: string, version: PolicyDocument["version"]): boolean {
  const found = text.match(variables);
  return found === null || (version === "2012-10-17" && found.every((written) => variable.test(written)));
}

export function withoutVariables(text: string): string {
  return text.replace(variables, "x");
}

export function isAction(text: string, { belongs }: DocumentKind): boolean {
  if (text === "*") return true;
  const colon = text.indexOf(":");
  const service = text.slice(0, Math.max(colon, 0)).toLowerCase();
  const name = text.slice(colon + 1);
  if (!/^[a-z0-9-]+$/.test(service) || !/^[A-Za-z0-9*?]+$/.test(name)) return false;
  if (belongs) return true;
  const pattern = new RegExp(`^${name.replaceAll("*", ".*").replaceAll("?", ".")}$`, "i");
  return service === "execute-api" && ["Invoke", "InvalidateCache", "ManageConnections"].some((known) => pattern.test(known));
}

export function isResource(text: string, { belongs, api }: DocumentKind, version: PolicyDocument["version"]): boolean {
  if (!hasSoundVariables(text, version)) return false;
  const plain = withoutVariables(text);
  if (plain === "*") return text === "*";
  if (/[\s\p{Cc}]/u.test(plain)) return false;
  if (text.startsWith("execute-api:/")) return api;
  const parts = plain.split(":");
  const [arn, partition = "", service = "", region = "", account = ""] = parts;
  if (arn !== "arn" || parts.length < 6 || text.split(":", 5).join(":").includes("${")) return false;
  if (!/^[a-z*?-]+$/.test(partition) || !/^[a-z0-9*?-]*$/.test(region)) return false;
  if (!belongs && service !== "execute-api" && service !== "*") return false;
  return account === "" || account === "aws" || /^[0-9]{12}$/.test(account) || /^(?=.*[*?])[0-9*?]+$/.test(account);
}

export function readPrincipal(kind: "AWS" | "Service" | "Federated" | "CanonicalUser", text: string): NamedPrincipal | undefined {
  switch (kind) {
    case "AWS":
      return awsPrincipal(text);
    case "Service":
      return /^[a-z0-9.-]+\.amazonaws\.com(?:\.cn)?$/.test(text) ? { kind: "service", service: text } : undefined;
    case "Federated": {
      const isProvider =
        /^[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(text) || /^arn:aws[a-z-]*:iam::[0-9]{12}:(?:saml|oidc)-provider\/[\w+=,.@/:-]+$/i.test(text);
      return isProvider ? { kind: "federated", provider: text } : undefined;
    }
    case "CanonicalUser":
      return /^[0-9a-f]{64}$/.test(text) ? { kind: "canonicalUser", id: text } : undefined;
  }
}

function awsPrincipal(text: string): NamedPrincipal | undefined {
  if (text === "*") return { kind: "anyone" };
  const root = /^arn:aws[a-z-]*:iam::([0-9]{12}):root$/.exec(text);
  const account = root === null ? text : (root[1] ?? "");
  if (/^[0-9]{12}$/.test(account)) return { kind: "account", account };
  const isNamed =
    /^arn:aws[a-z-]*:iam::[0-9]{12}:(?:user|role)\/[!-)+->@-~]+$/.test(text) ||
    /^arn:aws[a-z-]*:sts::[0-9]{12}:(?:assumed-role\/[\w+=,.@-]+\/[\w+=,.@-]+|federated-user\/[\w+=,.@-]+)$/.test(text);
  return isNamed ? { kind: "arn", arn: text } : undefined;
}
