/** `keys:` of a user or of a role's session. Promises: no secret stands in the file, and an inactive key is no key. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import { positionAt, type SourceFile, type Span } from "../../../../grammar/source/span.ts";
import type { Report } from "../../../check/report.ts";
import type { CallerKey } from "../../../model/principals.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { itemsOf, plainText, readMembers, readMoment, textOf } from "./members.ts";
import { missingPrincipalsMember, principalsForm, secretInClearText, tooManyAccessKeys } from "./sigv4.diagnostics.ts";

/** What reading keys needs to know around them. */
export type KeyReading = {
  readonly report: Report;
  readonly source: SourceFile;
  /** Of the text that names the file. */
  readonly path: Span;
  /** Takes the name of a secret down; false after a finding. */
  readonly takeSecret: (name: string, at: Span) => boolean;
  /** Takes an id down, wherever it stands; reports it the second time. */
  readonly takeKeyId: (id: string, at: Span) => void;
  readonly isDeclaredSecret: (name: string) => boolean;
};

const KEY_MEMBERS = {
  id: { doc: "the access key id, as in `AKIAIOSFODNN7EXAMPLE`", required: true },
  secret: { doc: "the name of the environment variable that holds the secret", required: true },
  token: { doc: "the name of the environment variable that holds the session token" },
  status: { doc: "`active` or `inactive`" },
  expires: { doc: "the moment from which the key is no good, as in `2027-01-01T00:00:00Z`" },
} as const;

const MOST_KEYS = 2;

/** `owner` as in "user `alice`". Those that are active. `isSession`: each has a token. */
export function readKeys(node: DataNode | undefined, owner: string, isSession: boolean, reading: KeyReading): readonly CallerKey[] {
  const items = itemsOf(node, `\`keys\` of ${owner}`, reading.report);
  const [, , tooMany] = items;
  if (items.length > MOST_KEYS && tooMany !== undefined) {
    reading.report(finding(tooManyAccessKeys, tooMany.span, { user: owner, count: items.length }));
  }
  return items.flatMap((item) => readKey(item, isSession, reading) ?? []);
}

function readKey(node: DataNode, isSession: boolean, reading: KeyReading): CallerKey | undefined {
  const { report } = reading;
  const members = readMembers(node, KEY_MEMBERS, "an access key", report);
  if (members?.id === undefined) return undefined;
  const id = plainText(members.id) ?? "";
  if (!/^[A-Z0-9_]{16,128}$/.test(id)) {
    // What stands there may be the secret.
    const holes = { what: "an access key id", expected: "16 to 128 upper-case letters, digits and `_`", found: "what stands here" };
    report(finding(principalsForm, members.id.span, holes));
    return undefined;
  }
  reading.takeKeyId(id, members.id.span);
  const secret = members.secret && readSecretName(members.secret, "secret", id, reading);
  const token = members.token && readSecretName(members.token, "token", id, reading);
  const expires = members.expires && readMoment(members.expires, "expires", report);
  if (isSession && members.token === undefined) {
    const holes = { name: "token", owner: "an access key of a role's session", doc: KEY_MEMBERS.token.doc };
    report(finding(missingPrincipalsMember, members.id.span, holes));
  }
  const isActive = members.status === undefined || readStatus(members.status, report) === "active";
  if (secret === undefined || !isActive) return undefined;
  return { id, secret, ...(token === undefined ? {} : { token }), ...(expires === undefined ? {} : { expires }) };
}

/** The finding stands where the file is named: a secret that is in it must not be in a log as well. */
function readSecretName(node: DataNode, member: "secret" | "token", key: string, reading: KeyReading): string | undefined {
  const name = plainText(node) ?? "";
  if (/^[A-Z][A-Z0-9_]{0,127}$/.test(name) || reading.isDeclaredSecret(name)) return reading.takeSecret(name, node.span) ? name : undefined;
  const { line } = positionAt(reading.source, node.span.start);
  reading.report(finding(secretInClearText, reading.path, { file: reading.source.file, line, key, member }));
  return undefined;
}

function readStatus(node: DataNode, report: Report): string | undefined {
  return textOf(node, "the `status` of an access key", /^(?:active|inactive)$/, "`active` or `inactive`", report);
}
