/** One account of a principals file: its users, and the sessions of its roles. Names of groups are checked here. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import { didYouMean } from "../../../check/did-you-mean.ts";
import type { PolicyFile } from "../../../model/iam.ts";
import type { SigV4Caller } from "../../../model/principals.ts";
import type { DataEntry, DataNode } from "../../../yaml/data-node.ts";
import { accountPolicies, type AccountPolicies } from "./account-policies.ts";
import { type KeyReading, readKeys } from "./access-keys.ts";
import { momentsOf, readOrganization } from "./caller-context.ts";
import { entriesOf, itemsOf, plainText, readMembers, textOf } from "./members.ts";
import { emptyPrincipalsGroup, principalsForm, unknownPrincipalsGroup } from "./sigv4.diagnostics.ts";
import { readTags } from "./tags-of.ts";

const ACCOUNT_MEMBERS = {
  organization: {
    doc: "the organization it is in, as in `o-a1b2c3d4e5`, or its whole path, as in `o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/`",
  },
  policies: { doc: "IAM documents by name" },
  groups: { doc: "the groups that users may be in" },
  users: { doc: "those who have keys of their own" },
  roles: { doc: "those who act in sessions" },
} as const;
const GROUP_MEMBERS = { policies: { doc: "names of policies that all of it have" } } as const;
const USER_MEMBERS = {
  id: { doc: "the unique id, as in `AIDAEXAMPLEUSERID0001`" },
  path: { doc: "the path before the name in the ARN, as in `/team/`" },
  groups: { doc: "the groups that it is in" },
  policies: { doc: "names of its policies" },
  boundary: { doc: "the name of the policy that narrows all others" },
  tags: { doc: "what rules compare" },
  keys: { doc: "its access keys, two at most" },
} as const;
const ROLE_MEMBERS = {
  policies: { doc: "names of its policies" },
  boundary: { doc: "the name of the policy that narrows all others" },
  id: { doc: "the unique id, as in `AROAEXAMPLEROLEID0001`" },
  path: { doc: "the path before the name in the ARN, as in `/team/`" },
  tags: { doc: "what rules compare" },
  sessions: { doc: "the sessions in which it acts" },
} as const;
const SESSION_MEMBERS = {
  policies: { doc: "names of policies that narrow the session" },
  tags: { doc: "tags of the session, which go before those of the role" },
  mfa: { doc: "when it proved a second factor, as in `2026-01-31T08:00:00Z`" },
  issued: { doc: "when its credentials were issued, as in `2026-01-31T08:00:00Z`" },
  keys: { doc: "its session credentials, two at most" },
} as const;

/** `partition`: `aws`, `aws-cn` and the like. */
export type AccountReading = KeyReading & {
  readonly partition: string;
  readonly takeId: (id: string, node: DataNode) => void;
  /** Takes an IAM document into the program. */
  readonly takeDocument: (file: PolicyFile) => number;
};

/** Of one account; `used` grows. */
type Groups = { readonly known: readonly string[]; readonly used: Set<string>; readonly policies: ReadonlyMap<string, readonly number[]> };
type Around = {
  readonly account: string;
  readonly organization: Pick<SigV4Caller, "organization">;
  readonly groups: Groups;
  readonly policies: AccountPolicies;
};

const NAME = /^[A-Za-z0-9+=,.@_-]{1,64}$/;
const NAME_FORM = "1 to 64 letters, digits and `+=,.@_-`";

/** The callers of an account, those without an active key left out. */
export function readAccount(account: string, node: DataNode, reading: AccountReading): readonly SigV4Caller[] {
  const { report } = reading;
  const members = readMembers(node, ACCOUNT_MEMBERS, "an account", report);
  if (members === undefined) return [];
  const groups = entriesOf(members.groups, `\`groups\` of account \`${account}\``, report) ?? [];
  const policies = accountPolicies(members.policies, account, reading);
  const ofGroups = groups.map(({ key, value }) => {
    const group = value.kind === "null" ? undefined : readMembers(value, GROUP_MEMBERS, `group \`${key}\``, report);
    return [key, policies.of(group?.policies, `\`policies\` of group \`${key}\``)] as const;
  });
  const named: Groups = { known: groups.map(({ key }) => key), used: new Set(), policies: new Map(ofGroups) };
  const around = { account, organization: readOrganization(members.organization, report), groups: named, policies };
  const users = (entriesOf(members.users, `\`users\` of account \`${account}\``, report) ?? []).flatMap(
    (entry) => readUser(entry, around, reading) ?? [],
  );
  for (const { key, keySpan } of groups) if (!named.used.has(key)) report(finding(emptyPrincipalsGroup, keySpan, { group: key, account }));
  const roles = entriesOf(members.roles, `\`roles\` of account \`${account}\``, report) ?? [];
  const callers = [...users, ...roles.flatMap((entry) => readRole(entry, around, reading))];
  policies.end();
  return callers.filter(({ keys }) => keys.length > 0);
}

function readUser(
  { key: name, keySpan, value }: DataEntry,
  { account, organization, groups, policies }: Around,
  reading: AccountReading,
): SigV4Caller | undefined {
  const { report, partition } = reading;
  const members = readMembers(value, USER_MEMBERS, "a user", report);
  if (members === undefined || !isName(name, "a user", keySpan, report)) return undefined;
  const arn = `arn:${partition}:iam::${account}:user${readPath(members.path, reading)}${name}`;
  const own = policies.of(members.policies, `\`policies\` of user \`${name}\``);
  const boundary = members.boundary && policies.one(members.boundary);
  const memberOf = readGroups(members.groups, name, account, groups, reading);
  const identity = [...new Set([...own, ...memberOf.flatMap((group) => groups.policies.get(group) ?? [])])];
  return {
    type: "user",
    account,
    arn,
    id: readId(members.id, reading) ?? arn,
    name,
    ...organization,
    groups: memberOf,
    policies: { identity, ...(boundary === undefined ? {} : { boundary }) },
    tags: readTags(members.tags, `user \`${name}\``, report),
    keys: readKeys(members.keys, `user \`${name}\``, false, reading),
    span: keySpan,
  };
}

function readRole(
  { key: name, keySpan, value }: DataEntry,
  { account, organization, policies }: Around,
  reading: AccountReading,
): readonly SigV4Caller[] {
  const { report, partition } = reading;
  const members = readMembers(value, ROLE_MEMBERS, "a role", report);
  if (members === undefined || !isName(name, "a role", keySpan, report)) return [];
  const roleArn = `arn:${partition}:iam::${account}:role${readPath(members.path, reading)}${name}`;
  const id = readId(members.id, reading) ?? roleArn;
  const tags = readTags(members.tags, `role \`${name}\``, report);
  const identity = policies.of(members.policies, `\`policies\` of role \`${name}\``);
  const boundary = members.boundary && policies.one(members.boundary);
  const sessions = entriesOf(members.sessions, `\`sessions\` of role \`${name}\``, report) ?? [];
  return sessions.flatMap(({ key: session, keySpan: span, value: node }): readonly SigV4Caller[] => {
    const owner = `session \`${session}\` of role \`${name}\``;
    const read = readMembers(node, SESSION_MEMBERS, "a session", report);
    if (read === undefined || !isName(session, "a session", span, report)) return [];
    const own = readTags(read.tags, owner, report);
    const arn = `arn:${partition}:sts::${account}:assumed-role/${name}/${session}`;
    const keys = readKeys(read.keys, owner, true, reading);
    const narrowed = read.policies && policies.of(read.policies, `\`policies\` of ${owner}`);
    return [
      {
        type: "role",
        account,
        arn,
        id: `${id}:${session}`,
        name,
        session: { name: session, roleArn },
        ...organization,
        ...momentsOf(read, report),
        groups: [],
        tags: overlaid(tags, own),
        policies: { identity, ...(boundary === undefined ? {} : { boundary }), ...(narrowed === undefined ? {} : { session: narrowed }) },
        keys,
        span,
      },
    ];
  });
}

/** A tag of the session goes before one of the role, in whatever case its key is. */
function overlaid(tags: Readonly<Record<string, string>>, own: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const folded = new Set(Object.keys(own).map((key) => key.toLowerCase()));
  return { ...Object.fromEntries(Object.entries(tags).filter(([key]) => !folded.has(key.toLowerCase()))), ...own };
}

function isName(name: string, what: string, span: DataEntry["keySpan"], report: AccountReading["report"]): boolean {
  if (NAME.test(name)) return true;
  report(finding(principalsForm, span, { what: `the name of ${what}`, expected: NAME_FORM, found: `\`${name.slice(0, 60)}\`` }));
  return false;
}

function readId(node: DataNode | undefined, reading: AccountReading): string | undefined {
  const id = node && textOf(node, "an id", /^[A-Z0-9]{16,128}$/, "16 to 128 upper-case letters and digits", reading.report);
  if (id !== undefined && node !== undefined) reading.takeId(id, node);
  return id;
}

function readPath(node: DataNode | undefined, { report }: AccountReading): string {
  const form = /^\/(?:[!-.0-~]{1,128}\/){0,8}$/;
  return (node && textOf(node, "a path", form, "a text that starts and ends with `/`", report)) ?? "/";
}

function readGroups(
  node: DataNode | undefined,
  user: string,
  account: string,
  { known, used }: Groups,
  { report }: AccountReading,
): readonly string[] {
  const names = itemsOf(node, `\`groups\` of user \`${user}\``, report).flatMap((item) => {
    const group = plainText(item) ?? "";
    const meant = known.includes(group) ? group : didYouMean(group, known);
    if (meant !== undefined) used.add(meant);
    if (meant === group) return [group];
    report(finding(unknownPrincipalsGroup, item.span, { group: group.slice(0, 60), account, meant }));
    return [];
  });
  return [...new Set(names)].sort();
}
