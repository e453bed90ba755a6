/** The pages of the catalogue with the message that `gwl check` shows for their example, and a list of all codes. */
import { existsSync, readFileSync } from "node:fs";
import { type AnyKind, CATALOGUE } from "../../compiler/diagnostics/catalogue.ts";
import { generatedFrom, linkCodes, tableRow } from "./links.ts";
import type { ManualFile } from "./manual-file.ts";

const PAGES = new URL("../../compiler/diagnostics/pages/", import.meta.url);
/** As accepted: the conformance tests hold them to what the compiler says. */
const MESSAGES = new URL("../../test/cases/diagnostics/", import.meta.url);

const SECTIONS: readonly (readonly [start: string, title: string])[] = [
  ["GWL1", "Syntax"],
  ["GWL2", "Files, names and types"],
  ["GWL3", "Meaning"],
  ["GWL4", "Analysis"],
];

const SHARED = ["callers.gwl", "partners.gwl", "backends.gwl"];

export function diagnosticFiles(): readonly ManualFile[] {
  const pages = CATALOGUE.map(({ code }): ManualFile => {
    const source = `compiler/diagnostics/pages/${code}.md`;
    return { path: `diagnostics/${code}.md`, text: generatedFrom(source) + page(code) };
  });
  return [{ path: "diagnostics/README.md", text: list() }, ...pages];
}

function page(code: string): string {
  const written = linkCodes(readFileSync(new URL(`${code}.md`, PAGES), "utf8"), "").replace(`# [${code}](${code}.md)`, `# ${code}`);
  const message = new URL(`${code}.txt`, MESSAGES);
  const shown = existsSync(message) ? `\`gwl check\` says:\n\n\`\`\`text\n${readFileSync(message, "utf8").trimEnd()}\n\`\`\`\n\n` : "";
  const readable = withCaptions(written);
  const end = endOfBroken(readable);
  const rest = readable.slice(end);
  const repair = end > 0 && rest.startsWith("```") ? `Mended:\n\n${rest}` : rest;
  return `${readable.slice(0, end)}${shown}${repair}`.replace(/<!-- broken -->\n/g, "");
}

/** Info strings become captions; what they say about examples is for the tests. */
function withCaptions(markdown: string): string {
  return markdown.replace(
    /^```(\w+) (broken|fixed|none)( [^\n]*)?\n(.*?)^```\n/gms,
    (_, language: string, what: string, more = "", text = "") => {
      if (what === "none") return `There is no small example: ${lowerFirst(String(text).trim().replaceAll("\n", " "))}\n`;
      const file = /file=(\S+)/.exec(String(more))?.[1];
      const fence = `${file === undefined ? "" : `\`${file}\`\n\n`}\`\`\`${language}\n${String(text)}\`\`\`\n`;
      return what === "broken" ? `${fence}<!-- broken -->\n` : fence;
    },
  );
}

function endOfBroken(markdown: string): number {
  const mark = "<!-- broken -->\n\n";
  const at = markdown.lastIndexOf(mark);
  return at === -1 ? 0 : at + mark.length;
}

function lowerFirst(text: string): string {
  return text.slice(0, 1).toLowerCase() + text.slice(1);
}

function list(): string {
  const sections = SECTIONS.flatMap(([start, title]) => {
    const kinds = CATALOGUE.filter(({ code }) => code.startsWith(start)).toSorted((a, b) => (a.code < b.code ? -1 : 1));
    return [`## ${title}`, [tableRow("code", "name", ""), "|---|---|---|", ...kinds.map(row)].join("\n")];
  });
  const shared = SHARED.map((file) => `\`${file}\`\n\n\`\`\`gwl\n${readFileSync(new URL(file, PAGES), "utf8")}\`\`\``);
  return [
    `${generatedFrom("compiler/diagnostics")}# Findings`,
    "Everything that the compiler can find, by its code. `gwl explain CODE` shows the same pages. Errors stop a build, warnings and notes do not.",
    ...sections,
    "## The examples",
    "Examples leave the first line, `gwl 1`, and an empty one out. Some import from these files:",
    ...shared,
    "",
  ].join("\n\n");
}

function row({ code, name, severity }: AnyKind): string {
  return tableRow(`[${code}](${code}.md)`, name.replaceAll("-", " "), severity === "error" ? "" : severity);
}
