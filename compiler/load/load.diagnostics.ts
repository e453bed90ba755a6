/** What can be wrong with the files that a program is made of. */
import { defineError } from "../../grammar/source/diagnostic.ts";
import type { Unreadable } from "../host.ts";

const WHY: Readonly<Record<Unreadable, string>> = {
  missing: "there is no such file",
  "not-a-file": "it is not a regular file",
  "too-large": "it is larger than the limit",
  "no-permission": "it may not be read",
  broken: "it could not be read",
};

const NEXT: Readonly<Record<Unreadable, string>> = {
  missing: "check the spelling; the path starts at the folder of the file that names it",
  "not-a-file": "name a file, not a folder or device",
  "too-large": "a source may have 16 MiB, a list or key file 64 MiB; split it",
  "no-permission": "give the user who runs the compiler the right to read it",
  broken: "see whether other programs can read it",
};

export const unreadableMain = defineError<{ path: string; why: Unreadable }>({
  code: "GWL2001",
  name: "unreadable-source",
  message: ({ path, why }) => `\`${path}\` cannot be compiled: ${WHY[why]}`,
  help: ({ why }) => (why === "missing" ? "name the main `.gwl` file of the program" : NEXT[why]),
});

export const unreadableFile = defineError<{ path: string; why: Unreadable }>({
  code: "GWL2002",
  name: "unreadable-file",
  message: ({ path, why }) => `\`${path}\` cannot be read: ${WHY[why]}`,
  help: ({ why }) => NEXT[why],
});

export const outsideRoot = defineError<{ path: string }>({
  code: "GWL2003",
  name: "outside-root",
  message: ({ path }) => `\`${path}\` is outside the project`,
  help: () => "files are taken from the folder of the main file and below, links followed; move the file there",
});

export const malformedPath = defineError<{ path: string; why: string }>({
  code: "GWL2004",
  name: "malformed-path",
  message: ({ path, why }) => `the path \`${path}\` ${why}`,
  help: () => 'write it like `"./lists/office.txt"`',
});

export const notUtf8 = defineError<{ path: string }>({
  code: "GWL2005",
  name: "not-utf-8",
  message: ({ path }) => `\`${path}\` is not UTF-8 text`,
  help: () => "save the file as UTF-8",
});

export const importCycle = defineError<{ chain: readonly string[] }>({
  code: "GWL2006",
  name: "import-cycle",
  message: ({ chain }) => `imports go round in a circle: ${chain.map((file) => `\`${file}\``).join(" -> ")}`,
  help: () => "move what both files need into a third one, and import that from both",
});

export const tooManyFiles = defineError<{ what: string; limit: number }>({
  code: "GWL2007",
  name: "too-many-files",
  message: ({ what, limit }) => `more than ${limit} ${what}`,
  help: () => "this import is not followed; merge files, or split the program",
});
