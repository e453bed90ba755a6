/** Arbitrary well-formed programs as text, with white space, line breaks and comments wherever the grammar lets them stand. */
import fc from "fast-check";

type Text = fc.Arbitrary<string>;

const word = fc.constantFrom("a", "allow", "when", "by", "client", "retries", "from", "x_1");
const typeName = fc.constantFrom("Int", "String", "Customer", "T");
const literal = fc.constantFrom(
  "42",
  "5_000",
  "0.5",
  "250ms",
  "7d",
  "10/s",
  "10_000/day",
  "16KiB",
  "5%",
  "08:00",
  "2026-01-31",
  "2026-01-31T08:00:00Z",
  "203.0.113.5",
  "2001:db8::1",
  "203.0.113.0/24",
  "::/0",
  "/^a\\/b$/",
  "true",
  "false",
  '"text"',
  '"q\\"\\\\\\n\\u{7}// no"',
  '""',
  "-5",
);
const space = fc.constantFrom(" ", " ", "  ", "\t");
/** Where newlines mean nothing. */
const loose = fc.constantFrom("", "", " ", "\n", " // inner\n", "\n  // alone\n\n");
const end = fc.constantFrom("\n", "\n", ", ", "\n\n\n", " // behind\n", "\n// alone\n", "\n\n/// doc\n", " // behind, comma\n");
const operator = fc.constantFrom(" + ", " - ", " & ", " .. ", " ?? ", " | ", " == ", " in ");
const logic = fc.constantFrom(" and ", "\n and ", " // why\n  and ", " and ");
const text = (...parts: readonly (Text | string)[]): Text =>
  fc.tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part))).map((list) => list.join(""));

const { entries } = fc.letrec<{ primary: string; comparison: string; expression: string; phrase: string; block: string; entries: string }>(
  (tie) => {
    const list = (open: string, item: Text, close: string): Text =>
      fc.array(item, { minLength: 1, maxLength: 3 }).chain((items) => loose.map((gap) => open + gap + items.join(`,${gap}`) + gap + close));
    return {
      primary: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        word,
        literal,
        typeName,
        text(word, ".", word),
        text(typeName, "?"),
        text("(", loose, tie("expression"), loose, ")"),
        list("[", fc.oneof(tie("primary"), tie("block")), "]"),
        text(word, list("(", fc.oneof(tie("phrase"), text(word, ": ", tie("phrase"))), ")")),
        text(typeName, "<", tie("primary"), ">"),
        text("has ", word),
      ),
      comparison: fc.oneof(
        { depthSize: "small" },
        tie("primary"),
        text("(", tie("primary"), operator, tie("primary"), ")"),
        text(word, " is ", typeName),
        text("not ", tie("primary")),
        text("(if ", tie("primary"), loose, " then ", tie("primary"), " else ", tie("primary"), ")"),
      ),
      expression: fc.array(tie("comparison"), { minLength: 1, maxLength: 3 }).chain((parts) => logic.map((and) => parts.join(and))),
      phrase: fc
        .array(fc.oneof({ depthSize: "small" }, tie("expression"), word, fc.constantFrom("x -> y", "x = y", "z: T"), tie("block")), {
          minLength: 1,
          maxLength: 4,
        })
        .chain((terms) => space.map((gap) => terms.join(gap))),
      block: fc.oneof(
        { depthSize: "small" },
        fc.constant("{}"),
        text("{ ", tie("entries"), " }"),
        text("{ // opening\n", tie("entries"), "\n}"),
        fc
          .array(fc.array(word, { minLength: 2, maxLength: 2 }), { minLength: 1, maxLength: 3 })
          .map((rows) => `{\n${rows.map((row) => `| ${row.join(" | ")} |`).join("\n")}\n}`),
      ),
      entries: fc
        .array(
          fc.tuple(
            fc.oneof(
              { depthSize: "small" },
              text(word, space, tie("phrase")),
              text(word, space, tie("phrase"), fc.constantFrom(' because "r"', '\n  because "r"')),
              text(word, ":", space, tie("phrase")),
              text('"k" as ', word, ": ", tie("phrase")),
              tie("phrase"),
            ),
            end,
          ),
          { minLength: 1, maxLength: 4 },
        )
        .map((list) => list.map(([entry, after], index) => entry + (index < list.length - 1 ? after : "")).join("")),
    };
  },
);

export const program: Text = entries;
