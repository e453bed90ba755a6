/** `gwl diff`: what a change opens and closes. */
import { type Command, lastValue } from "../command.ts";

export const diff: Command = {
  name: "diff",
  summary: "what a change opens and closes",
  usage: "OLD NEW | [FILE] --against REV",
  minArguments: 0,
  maxArguments: 2,
  options: [
    { name: "against", value: "REV", summary: "the old version is FILE as it was at this revision of git" },
    { name: "allow-opening", summary: "exit with 0 even if something opens" },
    { name: "format", value: "FORMAT", choices: ["text", "json"], summary: "how the answer is printed (default: text)" },
  ],
  about: [
    "Compares the compiled decision structures of two versions: routes, callers, doors, addresses and rules, in each stage. What opens are calls that the old version refuses and the new one allows; for each change there is a request that shows it, put to both versions, with the lines that decide.",
    "Exit code 0 if nothing opens, 1 if something opens or may open, 2 if the two cannot be compared. What can be neither shown nor ruled out is said to be undecided.",
    "Variables without a value in the source are the same in both versions; those with one have it. Not compared is what becomes of a call that is let in, and what else may refuse it: backends, bodies' types, limits.",
  ].join("\n"),
  examples: [
    { command: "gwl diff old.gwl new.gwl", does: "two files, or two folders with a gateway.gwl" },
    { command: "gwl diff --against main", does: "in CI: what this branch opens" },
    { command: "gwl diff shop --against HEAD~1 --format json", does: "for other programs" },
  ],
  run: async (input, terminal) => {
    const { twoVersions } = await import("../diff/two-versions.ts");
    const versions = await twoVersions(input, terminal);
    if (!versions.ok) return versions.exit;
    const { compareVersions } = await import("../diff/compare-versions.ts");
    const options = {
      format: lastValue(input, "format") === "json" ? "json" : "text",
      allowsOpening: input.flags.has("allow-opening"),
    } as const;
    return compareVersions(versions.before, versions.after, options, terminal);
  },
};
