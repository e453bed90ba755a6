/**
 * Whatever a source looks like while it is typed, the service answers: every feature at several places of the examples, cut off at any length and
 * with any one token missing. A fault in one answer would be said by it.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { endOf, lex } from "../../../grammar/lex.ts";
import { sourceFile } from "../../../grammar/index.ts";
import { createService, type Service } from "../../../editor/service/index.ts";
import { filesBelow } from "../../laws/source-files.ts";
import { PATIENCE, SEED } from "../../properties/run-size.ts";
import { memoryEditorHost } from "./marked.ts";

const REPOSITORY = join(import.meta.dirname, "../../..");
const EXAMPLES = ["shop", "six-ways", "where-services-run", "grpc-service"] as const;

function filesOf(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    ["gwl", "json", "yaml", "pem", "txt", "netset"].flatMap((ending) =>
      filesBelow(folder, `.${ending}`).map((path) => [`/${path}`, readFileSync(join(REPOSITORY, path), "utf8")] as const),
    ),
  );
}

/** Every how many-th prefix and token is tried in one run; the seed says which. A night's run sets `GWL_EVERY=1`. */
const EVERY = Number(process.env["GWL_EVERY"] ?? 40);

type Asked = Promise<{ readonly ok: boolean; readonly why?: string; readonly message?: string }>;

function everything(service: Service, path: string, offset: number, length: number): readonly (readonly [name: string, answer: Asked])[] {
  const spot = { path, offset };
  const range = { path, start: offset, end: Math.min(length, offset + 20) };
  return [
    ["syntax", service.syntaxFindings(path)],
    ["quick", service.quickFindings()],
    ["all", service.allFindings()],
    ["completions", service.completions(spot)],
    ["signature", service.signature(spot)],
    ["hover", service.hover(spot)],
    ["hints", service.inlayHints({ path, start: 0, end: length }, "known")],
    ["tokens", service.semanticTokens(path)],
    ["format", service.format(path)],
    ["format range", service.formatRange(range)],
    ["format on type", service.formatOnType(spot, "}")],
    ["format on line", service.formatOnType(spot, "\n")],
    ["definition", service.definition(spot)],
    ["type", service.typeDefinition(spot)],
    ["implementation", service.implementation(spot)],
    ["references", service.references(spot, true)],
    ["highlights", service.highlights(spot)],
    ["symbols", service.documentSymbols(path)],
    ["search", service.workspaceSymbols("or")],
    ["call item", service.callItem(spot)],
    ["incoming", service.incomingCalls(range)],
    ["outgoing", service.outgoingCalls(range)],
    ["folding", service.foldings(path)],
    ["selection", service.selectionRanges(path, [offset, 0, length])],
    ["links", service.documentLinks(path)],
    ["renameable", service.renameable(spot)],
    ["rename", service.rename(spot, "renamed")],
    ["actions", service.codeActions(range)],
    ["fix all", service.fixAll(path)],
    ["imports", service.organizeImports(path)],
    ["lenses", service.codeLenses(path, "known")],
    ["tests", service.tests()],
    ["tree", service.routeTree(path)],
    ["table", service.decisionTable(spot)],
    ["form", service.callForm(path)],
    ["try", service.tryRequest(path, { method: "GET", target: "/" })],
  ];
}

async function asked(service: Service, path: string, offsets: readonly number[], length: number): Promise<readonly string[]> {
  const faults: string[] = [];
  for (const offset of offsets) {
    for (const [name, answer] of everything(service, path, offset, length)) {
      const given = await answer;
      if (!given.ok) faults.push(`${name} at ${offset} of ${path}: ${given.why} ${given.message ?? ""}`);
    }
  }
  return faults;
}

test.each(EXAMPLES)(`every prefix and every missing token of %s, one in ${EVERY} (seed ${SEED})`, PATIENCE, async (example) => {
  const folder = `examples/${example}`;
  const files = filesOf(folder);
  const service = createService(memoryEditorHost({ ...files }));
  service.setRoots([`/${folder}`]);
  let [tried, turn] = [0, SEED % EVERY];
  const attempt = async (path: string, text: string, near: number): Promise<void> => {
    if (++turn % EVERY !== 0) return;
    tried++;
    service.open(path, text);
    const places = [near, Math.floor(text.length / 2), (tried * 7919) % (text.length + 1)];
    expect(await asked(service, path, places.slice(0, 1 + (tried % 3)), text.length)).toEqual([]);
  };
  for (const [path, text] of Object.entries(files)) {
    if (!path.endsWith(".gwl")) continue;
    const tokens = lex(sourceFile(path, text)).tokens;
    for (const token of tokens) {
      await attempt(path, text.slice(0, endOf(token)), endOf(token));
      await attempt(path, text.slice(0, token.startOffset) + text.slice(endOf(token)), token.startOffset);
    }
    for (let end = 0; end < text.length; end += 5) await attempt(path, text.slice(0, end), end);
    service.close(path);
  }
  console.log(`${tried} texts`);
  expect(tried).toBeGreaterThan(20);
});
