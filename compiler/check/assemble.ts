/** Puts what was read together to the program. Promises: deterministic; what is broken is left out. Knows no words. */
import { type Diagnostic, finding } from "../../grammar/source/diagnostic.ts";
import type { BoundProgram } from "../bind/bound-program.ts";
import { type Piece, piecesOf } from "../constructs/piece.ts";
import type { DataFile } from "../load/loaded.ts";
import type { PolicyFile } from "../model/iam.ts";
import type { DataKind, Gateway, Identity, Input, Policy, Program, Secret, Site } from "../model/program.ts";
import { withCallerPolicies } from "./caller-policies.ts";
import type { CheckContext } from "./context.ts";
import type { Meanings, MeaningKind } from "./meanings.ts";
import { secondGateway } from "./program-shape.diagnostics.ts";

export type Parts = {
  readonly bound: BoundProgram;
  readonly context: Pick<CheckContext, "declared" | "meaning" | "stages" | "report" | "site">;
  /** Of all files that are taken in, in order. */
  readonly pieces: readonly Piece[];
  readonly sites: readonly Site[];
  readonly data: ReadonlyMap<DataFile, DataKind>;
  readonly documents: readonly PolicyFile[];
  readonly nameless: readonly Policy[];
};

export function assemble({ bound, context, pieces, sites, data, documents, nameless }: Parts): Program {
  const all = <Kind extends MeaningKind>(kind: Kind): readonly Meanings[Kind][] =>
    context.declared(kind).flatMap((declaration): readonly Meanings[Kind][] => {
      const meaning = context.meaning(kind, declaration);
      return meaning === undefined ? [] : [meaning];
    });
  const identities = all("identity");
  const plans = all("plan");
  const stores = all("store");
  const gateway = oneGateway(pieces, context.report);
  const program = {
    edition: 1,
    inputs: inputsOf(bound, data),
    stages: context.stages,
    environment: all("env"),
    secrets: secretsOf(all("secret"), identities),
    networks: all("network"),
    identities,
    backends: all("backend"),
    tags: all("tag"),
    policies: [...all("policy"), ...nameless],
    ...(plans.length === 0 ? {} : { plans }),
    ...(stores.length === 0 ? {} : { stores }),
    documents,
    entries: piecesOf(pieces, "entry").map(({ entry }) => entry),
    ...releasesOf(pieces),
    ...(gateway && { gateway: withCallerPolicies(gateway, identities, nameless, context.site) }),
    sites,
  } as const;
  return { ...program, tests: piecesOf(pieces, "test").flatMap((piece) => piece.cases(program)) };
}

function releasesOf(pieces: readonly Piece[]): Pick<Program, "releases"> {
  const releases = piecesOf(pieces, "release").map(({ release }) => release);
  return releases.length === 0 ? {} : { releases };
}

/** Those that are declared, and those that access keys name: each a variable of the environment. */
function secretsOf(declared: readonly Secret[], identities: readonly Identity[]): readonly Secret[] {
  const secrets = new Map(declared.map((secret) => [secret.name, secret]));
  for (const identity of identities) {
    if (identity.kind !== "sigv4") continue;
    for (const { secret, token } of identity.callers.flatMap(({ keys }) => keys)) {
      for (const name of token === undefined ? [secret] : [secret, token]) {
        if (!secrets.has(name)) secrets.set(name, { name, kind: "string", span: identity.span });
      }
    }
  }
  return [...secrets.values()];
}

function oneGateway(pieces: readonly Piece[], report: (found: Diagnostic) => void): Gateway | undefined {
  const [first, ...more] = piecesOf(pieces, "gateway");
  if (first === undefined) return undefined;
  for (const { span, gateway } of more) {
    report(finding(secondGateway, span, { name: gateway.name }, [{ span: first.span, message: "first declared here" }]));
  }
  return { ...first.gateway, children: piecesOf(pieces, "child").map((piece) => piece.child) };
}

function inputsOf(bound: BoundProgram, data: ReadonlyMap<DataFile, DataKind>): readonly Input[] {
  const sources = bound.loaded.files.map(({ file, sha256 }): Input => ({ file, kind: "source", sha256 }));
  const others = [...data].map(([{ file, sha256 }, kind]): Input => ({ file, kind, sha256 }));
  return [...sources, ...others.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0))];
}
