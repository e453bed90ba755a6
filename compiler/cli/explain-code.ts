/** Prints the page of a finding's code or name. */
import { readFileSync } from "node:fs";
import { didYouMean } from "../check/did-you-mean.ts";
import { CATALOGUE, findKind } from "../diagnostics/catalogue.ts";
import { EXIT, type ExitCode } from "./exit-codes.ts";
import { PAGES } from "./own-files.ts";
import type { Terminal } from "./terminal.ts";

export function explainCode(codeOrName: string, terminal: Terminal): ExitCode {
  const kind = findKind(codeOrName);
  if (kind === undefined) {
    const meant = didYouMean(/^gwl/i.test(codeOrName) ? codeOrName.toUpperCase() : codeOrName.toLowerCase(), [
      ...CATALOGUE.map((known) => known.code),
      ...CATALOGUE.map((known) => known.name),
    ]);
    const otherwise =
      meant === undefined ? 'a request is a method and a target in one argument: "GET /orders"' : `did you mean \`${meant}\`?`;
    terminal.complain(`there is no finding \`${codeOrName}\`; ${otherwise}`);
    return EXIT.usage;
  }
  terminal.out(forTerminal(readFileSync(new URL(`${kind.code}.md`, PAGES), "utf8"), terminal));
  return EXIT.ok;
}

/** Markdown as it reads on a terminal: headings bold, examples indented under what they are, the sign before each line says so. */
function forTerminal(markdown: string, { style }: Terminal): string {
  let fence: string | undefined;
  const lines = markdown.split("\n").flatMap((line) => {
    if (line.startsWith("```")) {
      fence = fence === undefined ? line.slice(3).trim() : undefined;
      return fence === undefined || fence === "" ? [] : [style("dim", `  ${captionOf(fence)}`)];
    }
    if (fence !== undefined)
      return [`  ${style(fence.includes("broken") ? "red" : fence.includes("fixed") ? "green" : "dim", "│")} ${line}`];
    return [line.startsWith("#") ? style("bold", line.replace(/^#+ /, "")) : line];
  });
  return lines.join("\n");
}

/** `gwl broken file=lists/a.txt` as words. */
function captionOf(info: string): string {
  const words = info.split(/\s+/).slice(1);
  const file = words.find((word) => word.startsWith("file="))?.slice("file=".length);
  const what = words.includes("broken") ? "with the finding" : words.includes("fixed") ? "mended" : "";
  return [file, what].filter((part) => part !== undefined && part !== "").join(", ");
}
