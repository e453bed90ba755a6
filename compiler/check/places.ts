/** What expressions see, made from what the program declares. Promises: asks for meanings only when an expression names something. */
import type { NameNode } from "../../grammar/ast.ts";
import type { Span } from "../../grammar/source/span.ts";
import { ARTICLE_OF, type Declaration, NAMESPACE_OF } from "../bind/declaration.ts";
import type { CheckContext } from "./context.ts";
import type { IdentityShape, Meaning, Place, Reads, Shape, TagShape } from "./expressions/place.ts";
import type { Listener } from "./listener.ts";
import type { RegexProver } from "./literals/regex-prover.ts";
import type { NameTable } from "./name-table.ts";

export type Places = Pick<CheckContext, "place" | "wasRead">;

export function places(
  context: Pick<CheckContext, "meaning" | "declared" | "stages">,
  names: NameTable,
  proveLinear: RegexProver,
  stagePlaces: ReadonlyMap<string, Span>,
  listener?: Listener,
): Places {
  const read = new Set<Shape>();
  const apis = context.declared("api").map((declaration) => declaration.name.name);
  const entries = context.declared("entry").map((declaration) => declaration.name.name);
  const shapes = onceAskedFor(() => {
    const made = programShapes(context);
    listener?.shapes(made.identities, made.tags);
    return made;
  });
  const lookup = (name: NameNode, parameters: readonly Shape[]): Meaning | undefined => {
    const parameter = parameters.find((shape) => shape.name === name.name);
    if (parameter !== undefined) {
      read.add(parameter);
      return { kind: "param", type: parameter.type, ...(parameter.declared && { declared: parameter.declared }) };
    }
    const found = names.find("value", name);
    if (found !== undefined) return meaningOf(found, context);
    const other = names.findAny(name);
    return other && { kind: "other", what: ARTICLE_OF[other.kind], declared: other.name.span };
  };
  return {
    wasRead: (parameter) => read.has(parameter),
    place: (file: string, reads: Reads, parameters: readonly Shape[] = []): Place => ({
      reads,
      names: {
        lookup: (name) => lookup(name, parameters),
        names: () => [...parameters.map((shape) => shape.name), ...names.visible("value", file)],
      },
      stages: context.stages,
      stagePlaces,
      apis,
      entries,
      get tags() {
        return shapes().tags;
      },
      get identities() {
        return reads.kind === "nothing" ? [] : shapes().identities;
      },
      mark: (what, name) => {
        // Tags and apis are seen by every file; an identity that this one does not see was found among those of the program.
        if (names.find(NAMESPACE_OF[what], name) === undefined) names.explainMissing(what, name);
      },
      proveLinear,
      typed: listener?.typed,
    }),
  };
}

function meaningOf(declaration: Declaration, context: Pick<CheckContext, "meaning">): Meaning {
  const declared = declaration.name.span;
  switch (declaration.kind) {
    case "let": {
      const value = context.meaning("let", declaration);
      return value === undefined || value.type.kind === "poison" ? { kind: "broken" } : { kind: "constant", value, declared };
    }
    case "env": {
      const env = context.meaning("env", declaration);
      return env === undefined || env.type.kind === "poison" ? { kind: "broken" } : { kind: "env", type: env.type, declared };
    }
    case "secret":
      return { kind: "secret", declared };
    case "network":
      return { kind: "network", declared };
    case "type":
    case "identity":
    case "backend":
    case "tag":
    case "policy":
    case "plan":
    case "store":
    case "entry":
    case "api":
      return { kind: "other", what: ARTICLE_OF[declaration.kind], declared };
  }
}

/** Identities and tags that are broken are left out: their own findings are enough, but names that miss them would be an echo. */
function programShapes(context: Pick<CheckContext, "meaning" | "declared">): {
  readonly identities: readonly IdentityShape[];
  readonly tags: readonly TagShape[];
} {
  const identities = context.declared("identity").flatMap((declaration) => {
    const identity = context.meaning("identity", declaration);
    const declared = declaration.name.span;
    if (identity === undefined) return [];
    const fields = identity.claims.map(({ name, type, span }) => ({ name, type, declared: span }));
    return [{ name: identity.name, fields, declared }];
  });
  const tags = context.declared("tag").flatMap((declaration) => {
    const tag = context.meaning("tag", declaration);
    return tag === undefined ? [] : [{ name: tag.name, values: tag.values, declared: declaration.name.span }];
  });
  return { identities, tags };
}

function onceAskedFor<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
