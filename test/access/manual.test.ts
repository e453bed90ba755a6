import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { ACCESS_CONSTRUCTS } from "../../compiler/constructs/access/index.ts";
import { checkedText } from "./compile-text.ts";

const ROOM = new URL("../../compiler/constructs/access/", import.meta.url);
const pages = ["", "entry/", "tests/"].flatMap((folder) =>
  readdirSync(new URL(folder, ROOM)).flatMap((file) => (file.endsWith(".md") ? [folder + file] : [])),
);

describe("the manual of access", () => {
  test.each(pages)("%s has an example that compiles without a word of complaint", async (page) => {
    const text = readFileSync(new URL(page, ROOM), "utf8");
    const examples = [...text.matchAll(/^```gwl\n(.*?)^```$/gms)].map((match) => match[1] ?? "");
    const others = Object.fromEntries(
      [...text.matchAll(/^```\w+ file=(\S+)\n(.*?)^```$/gms)].map(([, file = "", held = ""]) => [file, held]),
    );
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples)
      expect((await checkedText(example, others)).findings.map(({ code, message }) => `${code} ${message}`)).toEqual([]);
  });

  test("each word has its page, which shows every form", () => {
    for (const { words, written } of ACCESS_CONSTRUCTS) {
      const name = words.length > 1 ? "route" : words[0].replaceAll("_", "-");
      const page = [`${name}.md`, `entry/${name}.md`, `tests/${name}.md`].find((candidate) => existsSync(new URL(candidate, ROOM)));
      expect(page, `${name}`).toBeDefined();
      const text = readFileSync(new URL(page ?? "", ROOM), "utf8");
      for (const form of written) expect(text, `${name}`).toContain(form);
    }
  });
});
