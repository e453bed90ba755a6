/** `gwl dashboard`: a Grafana dashboard and Prometheus alert rules, made of the gateway's own routes, backends and identities. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { inFileWords } from "../file-fault.ts";
import { shownPath } from "../main-file.ts";

export const dashboard: Command = {
  name: "dashboard",
  summary: "write a Grafana dashboard and Prometheus alert rules",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [{ name: "out", short: "o", value: "FOLDER", summary: "where they go (default: the folder that you are in)" }],
  about: [
    "Writes GATEWAY.dashboard.json, to be imported into Grafana, and GATEWAY.alerts.yml, to be named in `rule_files` of Prometheus.",
    "Both ask for the figures of `metrics`, by apis, backends and identities as the program has them. The same sources give the same bytes.",
  ].join("\n"),
  examples: [
    { command: "gwl dashboard", does: "for the gateway in this folder, beside it" },
    { command: "gwl dashboard shop.gwl --out monitoring", does: "another file, another folder" },
  ],
  run: async (input, terminal) => {
    const compiled = await compileFile({ file: input.arguments[0], goal: "check", format: "text", findings: "talk" }, terminal);
    if (!compiled.ok) return compiled.exit;
    const { ir } = compiled.compilation;
    if (ir === undefined) {
      terminal.complain(`${compiled.file} declares no gateway, so it has no figures; name the file that does`);
      return EXIT.usage;
    }
    if (ir.settings.observe?.metrics === undefined)
      terminal.complain(`${ir.name} counts nothing yet: say \`metrics\` in its gateway, and \`observe { listen 9464 }\``);
    const { alertRules } = await import("../../report/monitoring/alerts.ts");
    const { dashboard: drawn } = await import("../../report/monitoring/dashboard.ts");
    const folder = resolve(terminal.cwd, lastValue(input, "out") ?? ".");
    const files = [
      [join(folder, `${ir.name}.dashboard.json`), `${JSON.stringify(drawn(ir), null, 2)}\n`],
      [join(folder, `${ir.name}.alerts.yml`), alertRules(ir)],
    ] as const;
    try {
      mkdirSync(folder, { recursive: true });
      for (const [path, text] of files) writeFileSync(path, text);
    } catch (error) {
      terminal.complain(inFileWords(error, `cannot write to \`${folder}\``));
      return EXIT.usage;
    }
    terminal.talk(`${terminal.talkStyle("green", "wrote")} ${files.map(([path]) => shownPath(terminal.cwd, path)).join(" and ")}\n`);
    return EXIT.ok;
  },
};
