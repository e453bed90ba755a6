/** Text for HTML and SVG. INVARIANT: what a user wrote becomes text of the page, never markup: only this room makes `Markup`. */
declare const isMarkup: unique symbol;
export type Markup = string & { readonly [isMarkup]: true };

/** Fixed markup with texts, numbers and markup between: texts are escaped, markup comes in a list. */
export function markup(fixed: TemplateStringsArray, ...holes: readonly (string | number | readonly Markup[])[]): Markup {
  let text = fixed[0] ?? "";
  for (const [at, hole] of holes.entries()) text += rendered(hole) + (fixed[at + 1] ?? "");
  return text as Markup;
}

function rendered(hole: string | number | readonly Markup[]): string {
  return typeof hole === "number" ? String(Math.round(hole * 10) / 10) : typeof hole === "string" ? escaped(hole) : hole.join("\n");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** Cut in the middle of nothing: the beginning, and a sign that there was more. */
export function shortened(text: string, most: number): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length <= most ? line : `${line.slice(0, most - 1)}…`;
}
