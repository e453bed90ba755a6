/** What can be wrong with names, before anybody asks what they mean. */
import { defineError, defineWarning } from "../../grammar/source/diagnostic.ts";

export const duplicateName = defineError<{ name: string; what: string; other: string }>({
  code: "GWL2051",
  name: "duplicate-name",
  message: ({ name, what, other }) => `\`${name}\` is already the name of ${what === other ? `another ${bare(what)}` : other}`,
  help: () => "give one of the two another name; a private constant (`let`) may repeat a name that its file does not import",
});

export const nameStyle = defineError<{ name: string; what: string; style: "upper" | "lower"; better: string }>({
  code: "GWL2052",
  name: "name-style",
  message: ({ what, style }) => `the name of ${what} starts with ${style === "upper" ? "an upper-case" : "a lower-case"} letter`,
  help: ({ better }) => `call it \`${better}\`: types and identities are told from values by their first letter`,
});

export const reservedName = defineError<{ name: string; reads: string }>({
  code: "GWL2053",
  name: "reserved-name",
  message: ({ name }) => `\`${name}\` is a name of the language and cannot be declared`,
  help: ({ name, reads }) => `\`${name}\` means ${reads}; choose another name`,
});

export const unknownImport = defineError<{ name: string; file: string; meant: string | undefined; elsewhere: string | undefined }>({
  code: "GWL2054",
  role: "missed-import",
  name: "unknown-import",
  message: ({ name, file }) => `\`${file}\` does not declare \`${name}\``,
  help: ({ name, meant, elsewhere }) => {
    if (elsewhere !== undefined) return `\`${name}\` is declared in \`${elsewhere}\`: import it from there, names are not passed on`;
    return meant === undefined ? "declare it there, or take it out of this import" : `did you mean \`${meant}\`?`;
  },
});

export const unusedImport = defineWarning<{ name: string }>({
  code: "GWL2055",
  name: "unused-import",
  tags: ["unused"],
  message: ({ name }) => `\`${name}\` is imported and not used in this file`,
  help: () => "take it out of the import",
});

export const repeatedImport = defineWarning<{ name: string }>({
  code: "GWL2056",
  name: "repeated-import",
  tags: ["unused"],
  message: ({ name }) => `\`${name}\` is imported twice`,
  help: () => "take one of the two out",
});

export const leftOut = defineWarning<{ file: string; what: string }>({
  code: "GWL2057",
  name: "not-taken-in",
  message: ({ file, what }) => `this ${what} is not part of the program: \`${file}\` is imported for its names only`,
  help: ({ file }) => `write \`import "./${file}"\`, as seen from the main file, to take its apis, routes and tests in`,
});

function bare(what: string): string {
  return what.replace(/^an? /, "");
}
