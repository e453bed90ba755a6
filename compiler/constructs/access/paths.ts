/** `paths { ... }`: what becomes of paths that are written in more than one way (D20.9). */
import type { Block } from "../../../grammar/ast.ts";
import type { CheckContext } from "../../check/context.ts";
import type { PathRules } from "../../model/program.ts";
import { readChoice } from "../choice.ts";
import type { StatementConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { readSettings } from "../settings.ts";

/** What holds where a gateway says nothing. */
export const DEFAULT_PATH_RULES: PathRules = {
  trailingSlash: "ignore",
  dotSegments: "refuse",
  emptySegments: "refuse",
  semicolons: "refuse",
};

const SHAPES = {
  trailing_slash: { form: "phrase", doc: "`ignore`: `/a/` is `/a`, or `refuse`", byDefault: "ignore" },
  dot_segments: { form: "phrase", doc: "`refuse`, or `resolve` them as RFC 3986 does", byDefault: "refuse" },
  empty_segments: { form: "phrase", doc: "`refuse`, or `merge`: `//` is `/`", byDefault: "refuse" },
  semicolons: { form: "phrase", doc: "`refuse`, or `allow` them in paths", byDefault: "refuse" },
} as const;

export const paths: StatementConstruct = {
  kind: "statement",
  words: ["paths"],
  within: ["gateway"],
  summary: "what becomes of paths that could be read in two ways",
  written: ["paths { trailing_slash: refuse, dot_segments: resolve, ... }"],
  read: (statement, context) => {
    const phrase = readPhrase(statement, paths, context);
    const block = phrase.block("a block");
    if (!phrase.end() || block === undefined) return undefined;
    return { kind: "paths", paths: readRules(block, statement.word.span, context), span: statement.span };
  },
};

function readRules(block: Block, head: Block["span"], context: CheckContext): Partial<PathRules> {
  const { values } = readSettings(block, SHAPES, { owner: "`paths`", head }, context);
  const trailingSlash = readChoice("trailing_slash", values.trailing_slash, ["ignore", "refuse"], context);
  const dotSegments = readChoice("dot_segments", values.dot_segments, ["refuse", "resolve"], context);
  const emptySegments = readChoice("empty_segments", values.empty_segments, ["refuse", "merge"], context);
  const semicolons = readChoice("semicolons", values.semicolons, ["refuse", "allow"], context);
  return {
    ...(trailingSlash === undefined ? {} : { trailingSlash }),
    ...(dotSegments === undefined ? {} : { dotSegments }),
    ...(emptySegments === undefined ? {} : { emptySegments }),
    ...(semicolons === undefined ? {} : { semicolons }),
  };
}
