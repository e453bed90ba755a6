/**
 * Golden cases: one readable file that shows the life of something. Promises: what is printed reads back as the same case.
 *
 *     # what is shown
 *     --- gateway.gwl      the main file; other files follow, by path
 *     --- findings         as `gwl check` shows them, or `none`
 *     --- requests         one a line, as in a GWL `test`, without `expect`
 *     --- outcomes         what each gives, in both hands
 *     --- ir               the lowered program
 *
 * `requests`, `outcomes` and `ir` may be left out. What is not a file is accepted text, written by `npm run accept`.
 */

export type Case = {
  readonly about: string;
  readonly files: readonly { readonly file: string; readonly text: string }[];
  readonly findings: string;
  readonly requests?: readonly string[];
  readonly outcomes?: string;
  readonly ir?: string;
};

export function readCase(text: string): Case {
  const [about = "", ...parts] = text.split(/^--- /m);
  const sections = parts.map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end).trim(), text: part.slice(end + 1) };
  });
  const section = (name: string): string | undefined => sections.find((one) => one.name === name)?.text;
  const requests = section("requests")
    ?.split("\n")
    .filter((line) => line.trim() !== "");
  const [outcomes, ir] = [section("outcomes"), section("ir")];
  return {
    about,
    files: sections.filter(({ name }) => name.includes(".")).map(({ name, text: content }) => ({ file: name, text: content })),
    findings: section("findings") ?? "",
    ...(requests && { requests }),
    ...(outcomes !== undefined && { outcomes }),
    ...(ir !== undefined && { ir }),
  };
}

export function printCase({ about, files, findings, requests, outcomes, ir }: Case): string {
  const section = (name: string, text: string): string => `--- ${name}\n${text}`;
  return [
    about,
    ...files.map(({ file, text }) => section(file, text)),
    section("findings", findings),
    ...(requests === undefined ? [] : [section("requests", `${requests.join("\n")}\n`)]),
    ...(outcomes === undefined ? [] : [section("outcomes", outcomes)]),
    ...(ir === undefined ? [] : [section("ir", ir)]),
  ].join("");
}
