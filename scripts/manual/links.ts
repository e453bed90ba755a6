/** Markdown that is put together from pages written elsewhere. Promises: code and what is a link already stay as they are. */

/** Each code of a finding in the text becomes a link; `folder` is where the pages of findings are, as seen from the page. */
export function linkCodes(markdown: string, folder: string): string {
  return outsideFences(markdown, (text) =>
    text.replace(
      /(`[^`\n]*`|\[[^\]\n]*\]\([^)\n]*\))|\b(GWL[0-9]{4})\b/g,
      (whole: string, kept: string | undefined, code: string | undefined) =>
        kept !== undefined || code === undefined ? whole : `[${code}](${folder}${code}.md)`,
    ),
  );
}

/** The first lines of a page that nobody edits. */
export function generatedFrom(source: string): string {
  return `<!-- Generated from ${source} by \`npm run generate\`. -->\n\n`;
}

/** A row of a table; bars inside cells are escaped. */
export function tableRow(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function outsideFences(markdown: string, change: (text: string) => string): string {
  return markdown
    .split(/(^```.*?^```$)/ms)
    .map((part, at) => (at % 2 === 1 ? part : change(part)))
    .join("");
}
