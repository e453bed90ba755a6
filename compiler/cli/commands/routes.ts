/** `gwl routes`: every route, where it stands and who may call it. */
import { type Command, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { printAnswers, printRoutes } from "../print-routes.ts";

export const routes: Command = {
  name: "routes",
  summary: "list the routes and who may call each",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [
    { name: "format", value: "FORMAT", choices: ["text", "json"], summary: "how the list is printed (default: text)" },
    { name: "answers", summary: "list the refusals that the gateway itself can give, for each route and before one is known" },
  ],
  about:
    "Who may call is read off the compiled decision structure, so it is what the gateway does. Where a gateway has entries, each route says by which doors somebody may come to it; `listen` is the gateway's own.",
  examples: [
    { command: "gwl routes", does: "the gateway in this folder" },
    { command: "gwl routes | grep nobody", does: "routes that no call can pass" },
    { command: "gwl routes --format json", does: "for other programs" },
  ],
  run: async (input, terminal) => {
    const format = lastValue(input, "format") === "json" ? "json" : "text";
    const compiled = await compileFile({ file: input.arguments[0], goal: "check", format, findings: "talk" }, terminal);
    if (!compiled.ok) return compiled.exit;
    const { program, ir } = compiled.compilation;
    if (ir === undefined) {
      terminal.complain(`${compiled.file} declares no gateway, so it serves no routes; name the file that does`);
      return EXIT.usage;
    }
    const { routeRows } = await import("../route-rows.ts");
    const { answersBeforeRoutes } = await import("../../model/route-answers.ts");
    const rows = routeRows(ir, program, compiled.placeOf);
    const answers = answersBeforeRoutes(ir);
    if (format === "json") terminal.out(`${JSON.stringify({ format: "gwl-routes/1", routes: rows, answers }, null, 2)}\n`);
    else if (input.flags.has("answers")) printAnswers(rows, answers, terminal);
    else printRoutes(rows, terminal);
    return EXIT.ok;
  },
};
