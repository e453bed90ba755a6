/** Sources that are too much of one thing end in findings or in a program, within two seconds, never in a crash. */
import { expect, test } from "vitest";
import { compileFiles } from "../harness/compile-files.ts";
import { ownTime } from "../harness/own-time.ts";

const LONGEST = 2000;
const GATEWAY = "gateway g {}\n";
const ROUTE = 'GET "/" { public because "x", respond 200 }\n';
const guarded = (rules: string): string => `gateway g {\n${rules}\n}\n${ROUTE}`;
const many = (count: number, line: (at: number) => string): string => Array.from({ length: count }, (_, at) => line(at)).join("");
const nested = (count: number, open: string, inner: string, close: string): string => open.repeat(count) + inner + close.repeat(count);
const either = (count: number, part: (at: number) => string): string => Array.from({ length: count }, (_, at) => part(at)).join(" or ");

const SOURCES: readonly (readonly [what: string, source: string, list?: string])[] = [
  ["groups in groups", `${GATEWAY}api a at "/a" {\n${nested(200, 'group "/g" {\n', ROUTE, "}\n")}}\n`],
  ["types in types", `type T = ${nested(6_000, "List<", "Int", ">")}\n`],
  ["records in records", `type T = ${nested(2_000, "{ a: ", "Int", " }")}\n`],
  ["constants of constants", `${many(3_000, (at) => `let C${at} = C${at + 1}\n`)}let C3000 = 1\n`],
  ["constants that double", `${many(300, (at) => `let C${at} = [C${at + 1}, C${at + 1}]\n`)}let C300 = 1\n`],
  ["networks of networks", `${many(3_000, (at) => `network n${at} = n${at + 1} + n${at + 1}\n`)}network n3000 { 10.0.0.0/8 }\n`],
  [
    "policies that double",
    `${many(60, (at) => `policy p${at} { use p${at + 1}, use p${at + 1} }\n`)}policy p60 { deny }\n${guarded("use p0")}`,
  ],
  ["a string of a megabyte", `let A = "${"x".repeat(1_000_000)}"\n`],
  ["an open string of a megabyte", `let A = "${"x".repeat(1_000_000)}`],
  ["a number of a megabyte", `let A = ${"9".repeat(1_000_000)}\n`],
  ["a pattern of 60,000 characters", `type T = String matches /${"a".repeat(60_000)}/\n`],
  ["a pattern that counts", "type T = String matches /^(?:a?){500}a{500}$/\n"],
  ["brackets in a pattern", `type T = String matches /${nested(2_000, "(", "a", ")*")}/\n`],
  ["3,000 routes", GATEWAY + many(3_000, (at) => `GET "/r${at}/{a: Int}" { public because "x", respond 200 }\n`)],
  ["3,000 times one route", GATEWAY + ROUTE.repeat(3_000)],
  [
    "routes that differ in a range",
    GATEWAY + many(400, (at) => `GET "/{a: Int ${at * 10}..${at * 10 + 9}}" { public because "x", respond 200 }\n`),
  ],
  ["20,000 blocks", `network n {\n${many(20_000, (at) => `10.${at >> 8}.${at & 255}.${(at * 7) & 254}/32\n`)}}\n`],
  [
    "networks that overlap",
    many(20, (at) => `network n${at} { 10.0.0.0/${9 + at} }\n`) + guarded(`deny when ${either(20, (at) => `client.ip in n${at}`)}`),
  ],
  ["pairs of questions", guarded(`deny when ${either(24, (at) => `(has header("A${at}") and has header("Z${23 - at}"))`)}`)],
  [
    "500 denies of two questions",
    guarded(many(500, (at) => `deny when (header("X-${at}") ?? "") == "a" and (query("q${at}") ?? "") == "b"\n`)),
  ],
  ["100 applies on 300 routes", appliesOn(300)],
  ["2,000 values in a list", guarded(`deny when (query("q") ?? "") in [${many(2_000, (at) => `"v${at}", `)}]`)],
  [
    "2,000 rows in a test",
    `${GATEWAY}${ROUTE}test "t" each {\n| a |\n${many(2_000, (at) => `| "${at}" |\n`)}} { GET "/" headers { "X-A": a } expect allow }\n`,
  ],
  ["3,000 unknown names", many(3_000, (at) => `let A${at} = B${at}\n`)],
  ["3,000 times one name", "let A = 1\n".repeat(3_000)],
  ["200,000 comments", `${"// x\n".repeat(200_000)}${GATEWAY}`],
  ["characters that nobody sees", "\u200b\u202e\ufeff".repeat(4_000)],
  ["control characters", "\0\r\u001b".repeat(30_000)],
  ["a list of brackets", 'network n from "list"\n', "[".repeat(100_000)],
  [
    "a list of 50,000 blocks",
    'network n from "list"\n',
    JSON.stringify(Array.from({ length: 50_000 }, (_, at) => `1.${at >> 16}.${(at >> 8) & 255}.${at & 255}/32`)),
  ],
  ["a list of nonsense", 'network n from "list"\n', "nonsense\n".repeat(50_000)],
];

function appliesOn(routes: number): string {
  const applies = many(100, (at) => `apply p${at} to routes where method != POST\n`);
  const policies = many(100, (at) => `policy p${at} { deny when (header("X${at}") ?? "") == "x" }\n`);
  return `gateway g {\n${applies}}\n${policies}${many(routes, (at) => `GET "/r${at}" { public because "x", respond 200 }\n`)}`;
}

test.each(SOURCES)("%s", async (_, source, list) => {
  const files = [{ file: "gateway.gwl", text: `gwl 1\n${source}` }, ...(list === undefined ? [] : [{ file: "list", text: list }])];
  let milliseconds = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && milliseconds > LONGEST; attempt++) {
    const started = ownTime();
    await compileFiles(files);
    milliseconds = Math.min(milliseconds, ownTime() - started);
  }
  expect(milliseconds).toBeLessThan(LONGEST);
});
