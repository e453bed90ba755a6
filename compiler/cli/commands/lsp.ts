/** `gwl lsp`: the language server, for editors. */
import { existsSync } from "node:fs";
import type { Command } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { MANUAL_PAGES } from "../own-files.ts";

export const lsp: Command = {
  name: "lsp",
  summary: "serve editors: findings, completion, renaming and the rest, by the Language Server Protocol",
  usage: "--stdio",
  minArguments: 0,
  maxArguments: 0,
  options: [{ name: "stdio", summary: "talk over standard input and output" }],
  about: [
    "Editors start this themselves; `editor/README.md` says how for each. Messages are those of the Language Server Protocol 3.18.",
    "It reads the files of the folders that the editor opens, and writes none: changes go through the editor.",
  ].join("\n"),
  examples: [{ command: "gwl lsp --stdio", does: "what to give your editor as the command" }],
  run: async (input, terminal) => {
    if (!input.flags.has("stdio")) {
      terminal.complain("`gwl lsp` needs `--stdio`: editors talk to it over standard input and output");
      return EXIT.usage;
    }
    const { serveLanguage } = await import("../language-server.ts");
    return (await serveLanguage(existsSync(MANUAL_PAGES) ? MANUAL_PAGES.href : undefined)) === 0 ? EXIT.ok : EXIT.findings;
  },
};
