/** `gwl init`: a first gateway in a folder. Never overwrites a file. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Command, lastValue } from "../command.ts";
import { EXIT } from "../exit-codes.ts";
import { inFileWords } from "../file-fault.ts";
import { shellWord } from "../shell-words.ts";
import { TEMPLATE_NAMES, TEMPLATES } from "../templates.ts";

export const init: Command = {
  name: "init",
  summary: "start a gateway in a new or empty folder",
  usage: "[FOLDER]",
  minArguments: 0,
  maxArguments: 1,
  options: [{ name: "template", value: "NAME", choices: TEMPLATE_NAMES, summary: "what to start from (default: hello)" }],
  about:
    "`hello` answers by itself; `jwt` has callers with tokens, a network, a backend and tests. A file that exists is never overwritten.",
  examples: [
    { command: "gwl init my-gateway", does: "the smallest gateway that runs" },
    { command: "gwl init --template jwt my-gateway", does: "with callers, rules and tests" },
  ],
  run: async (input, terminal) => {
    const folder = resolve(terminal.cwd, input.arguments[0] ?? ".");
    const name = lastValue(input, "template");
    const files = TEMPLATES[TEMPLATE_NAMES.find((candidate) => candidate === name) ?? "hello"];
    const present = Object.keys(files).filter((path) => existsSync(join(folder, path)));
    if (present.length > 0) {
      const names = present.map((path) => `\`${path}\``).join(", ");
      terminal.complain(`${names} ${present.length === 1 ? "is" : "are"} there already; nothing was written`);
      return EXIT.usage;
    }
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), text, { flag: "wx" });
      }
    } catch (error) {
      terminal.complain(inFileWords(error, `cannot write to \`${folder}\``));
      return EXIT.usage;
    }
    const where = relative(terminal.cwd, folder);
    const wrote = Object.keys(files).map((path) => `  ${join(where, path)}`);
    const next = ["check", "test", "run"].map((command) => `  gwl ${command}${where === "" ? "" : ` ${shellWord(where)}`}`);
    const { style } = terminal;
    terminal.out([style("bold", "Written"), ...wrote, "", style("bold", "Next"), ...next, ""].join("\n"));
    return EXIT.ok;
  },
};
