/** Routes as a list: one line each where that is wide enough, else who may call below. */
import type { RouteRow } from "./route-rows.ts";
import type { Terminal } from "./terminal.ts";

const GAP = "  ";

export function printRoutes(rows: readonly RouteRow[], { out, style, width }: Terminal): void {
  const widest = (column: (row: RouteRow) => string): number => Math.max(0, ...rows.map((row) => column(row).length));
  const method = widest((row) => row.method);
  const path = widest(pathOf);
  const access = widest(accessOf);
  const isOneLine = method + path + access + widest((row) => row.at) + 3 * GAP.length <= width;
  for (const row of rows) {
    const head = `${style("bold", row.method.padEnd(method))}${GAP}${pathOf(row).padEnd(path)}${GAP}`;
    const at = style("dim", row.at);
    if (isOneLine || width === Infinity) out(`${head}${accessOf(row)}${GAP}${at}\n`);
    else out(`${head}${at}\n${wrapped(accessOf(row), method + GAP.length + 2, width)}`);
  }
}

function pathOf({ path, version, chosen }: RouteRow): string {
  return chosen === undefined ? path : `${path} version ${version} ${chosen}`;
}

function accessOf({ access, doors }: RouteRow): string {
  if (doors === undefined) return access;
  return `${access}; ${doors.length === 0 ? "no door leads here" : `by ${doors.join(", ")}`}`;
}

/** For each route, and for requests that come to none, what the gateway itself may answer. */
export function printAnswers(rows: readonly RouteRow[], beforeRoutes: RouteRow["answers"], { out, style, width }: Terminal): void {
  const list = (answers: RouteRow["answers"]): string => answers.map(({ kind, status }) => `${status} ${kind}`).join(", ");
  for (const row of rows) out(`${style("bold", row.method)} ${pathOf(row)}\n${wrapped(list(row.answers), 2, width)}`);
  out(`${style("bold", "no route")}\n${wrapped(list(beforeRoutes), 2, width)}`);
}

function wrapped(text: string, indent: number, width: number): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > width) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line].map((one) => `${" ".repeat(indent)}${one}\n`).join("");
}
