/** What IAM documents may ask about a caller beside its name and tags: the organization of its account, and the moments of its session. */
import type { Report } from "../../../check/report.ts";
import type { SigV4Caller } from "../../../model/principals.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { readMoment, textOf } from "./members.ts";

export function readOrganization(node: DataNode | undefined, report: Report): Pick<SigV4Caller, "organization"> {
  const form = /^o-[a-z0-9]{10,32}(?:\/r-[a-z0-9]{4,32}(?:\/ou-[a-z0-9]{4,32}-[a-z0-9]{8,32})*\/?)?$/;
  const expected = "an organization, as in `o-a1b2c3d4e5`, or the path to the account, as in `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`";
  const text = node && textOf(node, "`organization`", form, expected, report);
  if (text === undefined) return {};
  const [id = ""] = text.split("/", 1);
  return { organization: { id, ...(id === text ? {} : { path: text.endsWith("/") ? text : `${text}/` }) } };
}

export function momentsOf(
  { mfa, issued }: { readonly mfa?: DataNode | undefined; readonly issued?: DataNode | undefined },
  report: Report,
): Pick<SigV4Caller, "mfaAt" | "issuedAt"> {
  const mfaAt = mfa && readMoment(mfa, "mfa", report);
  const issuedAt = issued && readMoment(issued, "issued", report);
  return { ...(mfaAt === undefined ? {} : { mfaAt }), ...(issuedAt === undefined ? {} : { issuedAt }) };
}
