/** `gwl routes`: every route, where it stands and who may call it. */
import { type Command, lastValue } from "../command.ts";
import { compileFile } from "../compile-file.ts";
import { EXIT } from "../exit-codes.ts";
import { placesOf } from "../places.ts";
import { type RouteRow, routeRows } from "../route-rows.ts";
import type { Terminal } from "../terminal.ts";

export const routes: Command = {
  name: "routes",
  summary: "list the routes and who may call each",
  usage: "[FILE]",
  minArguments: 0,
  maxArguments: 1,
  options: [{ name: "format", value: "FORMAT", choices: ["text", "json"], summary: "how the list is printed (default: text)" }],
  about: "Who may call is read off the compiled decision structure, so it is what the gateway does.",
  examples: [
    { command: "gwl routes", does: "the gateway in this folder" },
    { command: "gwl routes --format json", does: "for other programs" },
  ],
  run: async (input, terminal) => {
    const compiled = await compileFile(input.arguments[0], "check", "text", terminal);
    if (!compiled.ok) return compiled.exit;
    const { program, ir, sources } = compiled.compilation;
    const rows = ir === undefined ? [] : routeRows(ir, program, placesOf(sources));
    if (lastValue(input, "format") === "json") terminal.out(`${JSON.stringify({ format: "gwl-routes/1", routes: rows }, null, 2)}\n`);
    else terminal.out(asTable(rows, terminal));
    return EXIT.ok;
  },
};

function asTable(rows: readonly RouteRow[], { style }: Terminal): string {
  const width = (column: (row: RouteRow) => string): number => Math.max(0, ...rows.map((row) => column(row).length));
  const method = width((row) => row.method);
  const path = width((row) => row.path);
  return rows
    .map((row) => `${style("bold", row.method.padEnd(method))}  ${row.path.padEnd(path)}  ${row.access}  ${style("dim", row.at)}\n`)
    .join("");
}
