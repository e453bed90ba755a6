/** Policy variables in a text: `${key}`, `${key, 'default'}`, `${*}`, `${?}`, `${$}`. Promises: what is written like one is one, or is reported. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Reading, TextData } from "./elements.ts";
import { policyVariable } from "./iam.diagnostics.ts";

const VARIABLE = /^\$\{(?:[*?$]|[^\s,'${}:]+:[^,'${}]+(?:,\s*'[^'}]*')?\s*)\}$/;

/** False after a finding. */
export function checkVariables({ value, span }: TextData, { version, report }: Reading): boolean {
  const written = value.match(/\$\{[^}]*\}?/g) ?? [];
  for (const variable of written) {
    if (version !== "2012-10-17") {
      const help = 'write `"Version": "2012-10-17"` at the head of the document';
      report(finding(policyVariable, span, { written: variable, why: "is plain text in version 2008-10-17", help }));
      return false;
    }
    if (VARIABLE.test(variable)) continue;
    const help =
      "variables are written `${aws:username}`, with a default `${aws:PrincipalTag/team, 'none'}`; a dollar sign alone is `${$}`";
    report(finding(policyVariable, span, { written: variable, why: "cannot be read", help }));
    return false;
  }
  return true;
}

/** Where variables mean nothing AWS refuses them. */
export function refuseVariables({ value, span }: TextData, where: string, { report }: Reading): boolean {
  const [variable] = value.match(/\$\{[^}]*\}?/) ?? [];
  if (variable === undefined) return true;
  const help = "variables stand in the sixth part of a resource and in values of String and Arn conditions";
  report(finding(policyVariable, span, { written: variable, why: `cannot stand in ${where}`, help }));
  return false;
}

export function withoutVariables(text: string): string {
  return text.replace(/\$\{[^}]*\}/g, "x");
}
