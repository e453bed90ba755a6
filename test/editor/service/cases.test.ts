/**
 * A case file for each feature in `cases/`: marked sources, and behind `=>` what the service answers, as lines. `GWL_ACCEPT=1` writes the answers
 * anew. A line `...` stands for `prelude.gwl`, and brings the files that it imports.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FEATURES, type FeatureCase } from "./features.ts";
import { readMarked, serviceOver } from "./marked.ts";

const FOLDER = join(import.meta.dirname, "cases");
const isAccepting = process.env["GWL_ACCEPT"] === "1";

type Case = { readonly title: string; readonly source: string; readonly expected: string };

function readCases(text: string): readonly Case[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [title = "", ...lines] = part.split("\n");
      const body = lines.join("\n");
      const at = body.search(/^=>$/m);
      return { title, source: at === -1 ? body : body.slice(0, at), expected: at === -1 ? "" : body.slice(at + 3).trim() };
    });
}

const shared = (name: string): string => readFileSync(join(FOLDER, name), "utf8");
const imported = ["policies.gwl", "callers.gwl"].map((name) => `--- ${name}\n${shared(name)}`).join("");
const whole = (source: string): string => {
  const isShort = source.startsWith("...\n");
  return isShort ? `--- gateway.gwl\n${shared("prelude.gwl")}${source.slice("...\n".length)}${imported}` : source;
};

for (const file of readdirSync(FOLDER).filter((name) => name.endsWith(".cases"))) {
  const feature = file.replace(/\.cases$/, "");
  const path = join(FOLDER, file);
  const cases = readCases(readFileSync(path, "utf8"));
  describe(feature, () => {
    const answers = new Map<string, string>();
    test.each(cases)("$title", async ({ title, source, expected }) => {
      const answer = FEATURES[feature];
      if (answer === undefined) throw new Error(`no feature is called ${feature}`);
      const marked = readMarked(whole(source));
      const given: FeatureCase = { ...marked, service: serviceOver(marked.files) };
      const shown = (await answer(given)).join("\n").trim();
      answers.set(title, shown);
      if (!isAccepting) expect(shown).toBe(expected);
    });
    test.runIf(isAccepting)("are accepted", () => {
      const text = cases.map(({ title, source }) => `=== ${title}\n${source.trimEnd()}\n=>\n${answers.get(title) ?? ""}\n`).join("\n");
      writeFileSync(path, text);
    });
  });
}
