/**
 * Small mistakes and what is said about them, many in one file. Promises: what is printed reads back as the same.
 *
 *     # what the file gathers
 *
 *     === what was written          `=== [2] ...` where it is two mistakes
 *     the program, without its first line `gwl 1`, which stands before all that say nothing of the edition
 *     --- said
 *     the findings, as `gwl check` shows them
 */

export type Mistake = { readonly title: string; readonly causes: number; readonly source: string; readonly said: string };
export type MistakeFile = { readonly about: string; readonly mistakes: readonly Mistake[] };

export function readMistakes(text: string): MistakeFile {
  const [about = "", ...parts] = text.split(/^=== /m);
  const mistakes = parts.map((part) => {
    const [, causes, title = ""] = /^(?:\[([0-9]+)\] )?(.*)\n/.exec(part) ?? [];
    const [source = "", said = ""] = part.slice(part.indexOf("\n") + 1).split(/^--- said\n/m);
    return { title, causes: Number(causes ?? 1), source: `${source.trimEnd()}\n`, said };
  });
  return { about: about.trim(), mistakes };
}

export function printMistakes({ about, mistakes }: MistakeFile): string {
  const entries = mistakes.map(({ title, causes, source, said }) => {
    const count = causes === 1 ? "" : `[${causes}] `;
    return `=== ${count}${title}\n${source}--- said\n${said.trimEnd()}\n`;
  });
  return `${about}\n\n${entries.join("\n")}`;
}

/** The program that the compiler sees. */
export function programText({ source }: Mistake): string {
  return /^gwl /m.test(source) ? source : `gwl 1\n${source}`;
}
