/** Comments of the emitted program, the one place where a user's words may stand in it: printable ASCII on one line, cut to length. */
import { code, type Code } from "./code.ts";
import type { Place } from "./place.ts";

const longest = 140;

/** `// orders.gwl:31 DELETE /orders/{id}` */
export function placed({ file, line }: Place, label: string): Code {
  return comment(`${file}:${line} ${label}`);
}

export function comment(text: string): Code {
  return code`// ${plain(text.trimEnd())}`;
}

/** Other characters become `?`; a line comment ends at the line's end alone, and no other comment is ended or begun in it. */
function plain(text: string): Code {
  const short = text.length > longest ? `${text.slice(0, longest - 3)}...` : text;
  return short
    .replace(/[^ -~]/g, "?")
    .replaceAll("*/", "* /")
    .replaceAll("/*", "/ *") as Code;
}
