/** IAM documents as AWS writes them, and JSON that is nearly one. */
import fc from "fast-check";
import type { Listed, NamedPrincipal, PolicyDocument, PolicyStatement } from "../../runtime/contract/iam.ts";

export function documentJson({ version, statements }: PolicyDocument): object {
  return { Version: version, Statement: statements.map(statementJson) };
}

function statementJson({ sid, effect, principals, actions, resources, conditions }: PolicyStatement): object {
  const blocks: Record<string, Record<string, readonly string[]>> = {};
  for (const { operator, quantifier, ifExists, key, values } of conditions) {
    const set = quantifier === undefined ? "" : quantifier === "all" ? "ForAllValues:" : "ForAnyValue:";
    (blocks[`${set}${operator}${ifExists ? "IfExists" : ""}`] ??= {})[key] = values;
  }
  return {
    ...(sid === undefined ? {} : { Sid: sid }),
    Effect: effect === "allow" ? "Allow" : "Deny",
    ...(principals === undefined ? {} : { [named("Principal", principals)]: principalJson(principals.items) }),
    [named("Action", actions)]: actions.items,
    [named("Resource", resources)]: resources.items.length === 1 ? resources.items[0] : resources.items,
    ...(conditions.length === 0 ? {} : { Condition: blocks }),
  };
}

function named(name: string, { not }: Listed<unknown>): string {
  return not ? `Not${name}` : name;
}

function principalJson(items: readonly NamedPrincipal[]): unknown {
  if (items.every(({ kind }) => kind === "anyone")) return "*";
  const kinds: Record<string, string[]> = {};
  for (const item of items) {
    const [kind, name] = principalName(item);
    (kinds[kind] ??= []).push(name);
  }
  return kinds;
}

function principalName(item: NamedPrincipal): readonly [string, string] {
  switch (item.kind) {
    case "anyone":
      return ["AWS", "*"];
    case "account":
      return ["AWS", item.account];
    case "arn":
      return ["AWS", item.arn];
    case "service":
      return ["Service", item.service];
    case "federated":
      return ["Federated", item.provider];
    case "canonicalUser":
      return ["CanonicalUser", item.id];
  }
}

/** Put in the place of some value of a document. */
const strays: fc.Arbitrary<unknown> = fc.constantFrom<unknown[]>(
  null,
  "",
  "*",
  0,
  true,
  [],
  {},
  ["*"],
  "2012-10-17",
  "Allow",
  "execute-api:Invoke",
  "s3:GetObject",
  "arn:aws:execute-api:eu-west-1:111122223333:abc123/*",
  "arn:aws:execute-api:region:account-id:api-id/",
  { AWS: "111122223333" },
  { "aws:SourceIp": "192.0.2.0/24" },
  { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } },
  "${aws:username}",
  "a b",
);

/** The document with one value replaced, or one member under another name. */
export function nearlyDocument(json: object): fc.Arbitrary<unknown> {
  const paths = [...pathsIn(json, [])];
  return fc
    .record({
      at: fc.nat(paths.length - 1),
      stray: strays,
      rename: fc.option(fc.constantFrom("sid", "NotAction", "NotPrincipal", "Principal", "Extra", "StringEquals", "BoolIfExists"), {
        freq: 3,
      }),
    })
    .map(({ at, stray, rename }) => changed(json, paths[at] ?? [], stray, rename));
}

type Path = readonly string[];

function* pathsIn(value: unknown, path: Path): Generator<Path> {
  yield path;
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) yield* pathsIn(inner, [...path, key]);
}

function changed(value: unknown, [first, ...rest]: Path, stray: unknown, rename: string | null): unknown {
  if (first === undefined) return stray;
  if (Array.isArray(value)) return value.map((item: unknown, at) => (String(at) === first ? changed(item, rest, stray, rename) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([key, inner]: [string, unknown]) => {
      if (key !== first) return [key, inner];
      if (rest.length === 0 && rename !== null) return [rename, inner];
      return [key, changed(inner, rest, stray, rename)];
    }),
  );
}
