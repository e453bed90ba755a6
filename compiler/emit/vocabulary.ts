/** The names of the runtime's door that emitted code may use, and which of them a module does use. */
import type { Code } from "./code.ts";

/** Functions over the request and over what was bound at the start, operators, readers of parameters. */
export const runtimeNames = [
  "allHeaders",
  "allQueries",
  "answerReading",
  "apiKeyIdentity",
  "applyingStatements",
  "atMost",
  "awsAllows",
  "awsTable",
  "basicIdentity",
  "between",
  "betweenTimes",
  "callNames",
  "canonicalIp",
  "canonicalUuid",
  "canonicalValue",
  "claim",
  "clientIn",
  "clientInLone",
  "coalesce",
  "cognitoIdentity",
  "concat",
  "constant",
  "constantSet",
  "contains",
  "eachOf",
  "endsWith",
  "equal",
  "headerValue",
  "httpBackend",
  "lambdaBackend",
  "httpIdentity",
  "idOf",
  "inLone",
  "inNetwork",
  "introspectIdentity",
  "isIdentity",
  "isIn",
  "isMember",
  "isPresent",
  "jwtIdentity",
  "lambdaIdentity",
  "less",
  "listOf",
  "lower",
  "mappedBody",
  "matches",
  "member",
  "mtlsIdentity",
  "observed",
  "oidcIdentity",
  "parameter",
  "pattern",
  "policies",
  "principalId",
  "queryValue",
  "readBool",
  "readInt",
  "readIp",
  "readLiteral",
  "readString",
  "readUuid",
  "recordOf",
  "releases",
  "versions",
  "respondBackend",
  "samlIdentity",
  "segment",
  "shape",
  "shaping",
  "sizeOf",
  "start",
  "startsWith",
  "sigV4Identity",
  "text",
  "textOf",
  "timeOfDay",
  "timeText",
  "traffic",
  "unequal",
  "validated",
  "websocketBackend",
  "weekday",
  "withPath",
  "withQuery",
] as const;
export type RuntimeName = (typeof runtimeNames)[number];

/** Gives the name and remembers that the module imports it. */
export type Use = (name: RuntimeName) => Code;
export type Vocabulary = { readonly use: Use /** Sorted. */; readonly used: () => readonly RuntimeName[] };

export function vocabulary(): Vocabulary {
  const used = new Set<RuntimeName>();
  const use: Use = (name) => {
    used.add(name);
    return name as string as Code;
  };
  return { use, used: () => runtimeNames.filter((name) => used.has(name)) };
}
