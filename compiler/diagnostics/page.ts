/**
 * The page of a code: what it means, why it is refused, an example that has it and its repair. Promises: pure; knows how
 * pages are written, not where they are kept.
 *
 * A page is Markdown. Its first line is `# CODE: name`. Examples stand in fences whose info string says what they are:
 *
 * | info string                    | what                                                                       |
 * |--------------------------------|----------------------------------------------------------------------------|
 * | `gwl broken`, `gwl fixed`      | the main file of a program that has the finding, or has it no more           |
 * | `text broken file=lists/a.txt` | another file of that program; any language                                  |
 * | `gwl broken whole`             | a source as it stands; to all others `gwl 1` and an empty line are put first |
 * | `gwl none`                     | why no small source can show the finding                                    |
 *
 * Several fixed main files are several repairs.
 */

export type PageFile = { readonly file: string; readonly text: string };
/** The files of one program, the main file first. */
export type PageExample = readonly PageFile[];
export type Page = {
  readonly code: string;
  readonly name: string;
  readonly broken: PageExample | undefined;
  readonly fixed: readonly PageExample[];
  /** Why there is no broken example. */
  readonly none: string | undefined;
};

export const PAGE_MAIN = "gateway.gwl";
const EDITION = "gwl 1\n\n";

/** Undefined where the first line is no heading of a page. */
export function readPage(markdown: string): Page | undefined {
  const heading = /^# (GWL[0-9]{4}): ([a-z0-9-]+)\n/.exec(markdown);
  const [, code, name] = heading ?? [];
  if (code === undefined || name === undefined) return undefined;
  const fences = readFences(markdown);
  const [broken] = programs(fences.filter((fence) => fence.words.includes("broken")));
  const fixed = programs(fences.filter((fence) => fence.words.includes("fixed")));
  return { code, name, broken, fixed, none: fences.find((fence) => fence.words.includes("none"))?.text.trim() };
}

export type Fence = { readonly language: string; readonly words: readonly string[]; readonly text: string };

/** The fenced blocks of a Markdown text, in order; `words` are those of the info string behind the language. */
export function readFences(markdown: string): readonly Fence[] {
  return [...markdown.matchAll(/^```([^\n]*)\n(.*?)^```$/gms)].map(([, info = "", text = ""]) => {
    const [language = "", ...words] = info.trim().split(/\s+/);
    return { language, words, text };
  });
}

/** Each main file begins a program; the files behind it belong to it. */
function programs(fences: readonly Fence[]): readonly PageExample[] {
  const found: PageFile[][] = [];
  for (const fence of fences) {
    const file = fileOf(fence);
    if (file === PAGE_MAIN) found.push([]);
    found.at(-1)?.push({ file, text: textOf(fence) });
  }
  return found;
}

function fileOf({ words }: Fence): string {
  return words.find((word) => word.startsWith("file="))?.slice("file=".length) ?? PAGE_MAIN;
}

function textOf({ language, words, text }: Fence): string {
  return language === "gwl" && !words.includes("whole") ? EDITION + text : text;
}
