/** The words of the language: their pages as they stand beside the constructs, and a list of all words. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { ACCESS_CONSTRUCTS } from "../../compiler/constructs/access/index.ts";
import type { Construct } from "../../compiler/constructs/construct.ts";
import { CORE_CONSTRUCTS } from "../../compiler/constructs/core/index.ts";
import { OBSERVE_CONSTRUCTS } from "../../compiler/constructs/observe/index.ts";
import { PLACE_NAMES } from "../../compiler/constructs/frame.diagnostics.ts";
import { RELEASE_CONSTRUCTS } from "../../compiler/constructs/releases/index.ts";
import { SHAPING_CONSTRUCTS } from "../../compiler/constructs/shaping/index.ts";
import { TRAFFIC_CONSTRUCTS } from "../../compiler/constructs/traffic/index.ts";
import { generatedFrom, linkCodes, tableRow } from "./links.ts";
import type { ManualFile } from "./manual-file.ts";

const ROOM = new URL("../../compiler/constructs/", import.meta.url);

/** Paths below the folder of constructs. */
export function constructPages(): readonly string[] {
  return readdirSync(ROOM, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md"))
    .sort();
}

/** The page of a construct; a route's words are its methods, and its page is called after what they make. */
export function pageOf(construct: Construct, pages: readonly string[]): string | undefined {
  const name = construct.words.length > 1 ? "route" : construct.words[0].replaceAll("_", "-");
  return pages.find((path) => basename(path) === `${name}.md`);
}

export function languageFiles(): readonly ManualFile[] {
  const pages = constructPages();
  const copies = pages.map((path): ManualFile => {
    const up = "../".repeat(path.split("/").length);
    const text = linkCodes(readFileSync(new URL(path, ROOM), "utf8"), `${up}diagnostics/`);
    return { path: `language/${path}`, text: generatedFrom(`compiler/constructs/${path}`) + text };
  });
  return [{ path: "language/README.md", text: wordList(pages) }, ...copies];
}

function wordList(pages: readonly string[]): string {
  return [
    `${generatedFrom("compiler/constructs")}# The words of the language`,
    "A file is a list of statements. Each begins with a word and ends with its line, or with a comma; blocks stand in braces. `name: value` is a setting, `//` begins a comment, `///` documents what follows. Order means nothing: neither that of statements nor that of files.",
    "## Declarations",
    table(CORE_CONSTRUCTS, pages),
    "## Gateway, routes and access",
    table(ACCESS_CONSTRUCTS, pages),
    "## Requests and answers",
    table(SHAPING_CONSTRUCTS, pages),
    "## Traffic",
    table(TRAFFIC_CONSTRUCTS, pages),
    "## How a gateway is observed",
    table(OBSERVE_CONSTRUCTS, pages),
    "## Versions and releases",
    table(RELEASE_CONSTRUCTS, pages),
    "What conditions and values are made of is told in [expressions](../expressions.md), what becomes of rules in [decisions and phases](../decisions-and-phases.md).\n",
  ].join("\n\n");
}

function table(constructs: readonly Construct[], pages: readonly string[]): string {
  const rows = constructs.map((construct) => {
    const word = construct.words.map((one) => `\`${one}\``).join(" ");
    const within = construct.within.map((place) => PLACE_NAMES[place]).join(", ");
    return tableRow(`[${word}](${pageOf(construct, pages) ?? ""})`, construct.summary, within);
  });
  return [tableRow("word", "what", "stands in"), "|---|---|---|", ...rows].join("\n");
}
