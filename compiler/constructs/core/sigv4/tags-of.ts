/** `tags:` in a principals file, as AWS has them: up to 50, keys of up to 128 and values of up to 256 characters. */
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { Report } from "../../../check/report.ts";
import { MOST_TAGS, TAG_KEY, TAG_VALUE } from "../../../check/tag-limits.ts";
import type { DataNode } from "../../../yaml/data-node.ts";
import { entriesOf, textOf } from "./members.ts";
import { principalsForm } from "./sigv4.diagnostics.ts";

/** Keys that differ in case alone are one key to AWS. */
export function readTags(node: DataNode | undefined, owner: string, report: Report): Readonly<Record<string, string>> {
  const entries = entriesOf(node, `\`tags\` of ${owner}`, report) ?? [];
  if (entries.length > MOST_TAGS && node !== undefined) {
    report(
      finding(principalsForm, node.span, {
        what: `\`tags\` of ${owner}`,
        expected: `a map of at most ${MOST_TAGS} tags`,
        found: `${entries.length}`,
      }),
    );
  }
  const seen = new Set<string>();
  return Object.fromEntries(
    entries.flatMap(({ key, keySpan, value }) => {
      const folded = key.toLowerCase();
      if (!TAG_KEY.test(key) || seen.has(folded)) {
        const expected = "a key of its own in any case, of 1 to 128 letters, digits and `_.:/=+-@`, that does not begin with `aws:`";
        report(finding(principalsForm, keySpan, { what: "the key of a tag", expected, found: `\`${key.slice(0, 60)}\`` }));
      }
      seen.add(folded);
      const text = textOf(value, `the tag \`${key}\``, TAG_VALUE, "a text of at most 256 letters, digits, spaces and `_.:/=+-@`", report);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}
