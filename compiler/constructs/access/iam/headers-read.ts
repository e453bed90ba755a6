/** Header fields that a document reads as one value: a request that repeats them is refused (D4). */
import type { PolicyDocument } from "../../../../runtime/contract/iam.ts";

const HEADERS = { "aws:referer": "referer", "aws:useragent": "user-agent" } as const;

/** Names lower-case, sorted. */
export function headersRead({ statements }: PolicyDocument): readonly string[] {
  const keys = statements.flatMap(({ conditions }) => conditions.map(({ key }) => key));
  const texts = statements.flatMap(({ conditions, resources }) => [...resources.items, ...conditions.flatMap(({ values }) => values)]);
  return Object.entries(HEADERS).flatMap(([key, header]) =>
    keys.includes(key) || texts.some((text) => text.toLowerCase().includes(`\${${key}`)) ? [header] : [],
  );
}
