/** What a server tells later, or only where it has changed. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type {
  CodeLens,
  CompletionItem,
  CompletionList,
  InlayHint,
  SemanticTokens,
  SemanticTokensDelta,
} from "vscode-languageserver-protocol";
import { type Editor, startEditor } from "./client.ts";

const GATEWAY = `gwl 1

network office { 203.0.113.0/24 }
backend notes = http { targets: ["http://127.0.0.1:9000"] }
gateway example {
  listen 8080
  deny when not (client.ip in office) because "outside"
}
api notes at "/notes" {
  GET "/" -> notes { public because "shown to all" }
  GET "/old" -> notes { public because "shown to all" }
}
`;
const CAPABILITIES = {
  workspace: {
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    semanticTokens: { refreshSupport: true },
  },
  textDocument: { completion: { completionItem: { resolveSupport: { properties: ["documentation"] } } } },
};

let editor: Editor;
let refreshed: readonly string[] = [];
let onRefresh = (): void => undefined;
beforeAll(async () => {
  editor = await startEditor({ files: { "gateway.gwl": GATEWAY }, capabilities: CAPABILITIES });
  for (const what of ["codeLens", "inlayHint", "semanticTokens"]) {
    editor.connection.onRequest(`workspace/${what}/refresh`, () => {
      refreshed = [...refreshed, what];
      onRefresh();
      return null;
    });
  }
  await editor.open("gateway.gwl", GATEWAY);
  await editor.checked;
});
afterAll(() => editor.close());

const document = (): { textDocument: { uri: string } } => ({ textDocument: { uri: editor.uri("gateway.gwl") } });
const titles = async (): Promise<readonly string[]> =>
  (await editor.request<readonly CodeLens[]>("textDocument/codeLens", document())).map(
    ({ range, command }) => `${range.start.line} ${command?.title}`,
  );
const hints = async (): Promise<readonly string[]> => {
  const range = { start: { line: 0, character: 0 }, end: { line: 40, character: 0 } };
  const found = await editor.request<readonly InlayHint[]>("textDocument/inlayHint", { ...document(), range });
  return found.map(({ position, label }) => `${position.line} ${JSON.stringify(label)}`);
};

test("lenses and hints stay where their routes go while the program is broken, and are asked for again when it is whole", async () => {
  await expect.poll(titles).toEqual(["9 2 rules, public: explain", "10 2 rules, public: explain"]);
  expect(await hints()).toEqual(['9 "1 inherited rule"', '10 "1 inherited rule"']);
  await editor.change("gateway.gwl", [
    { range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } }, text: "network broken = nowhere\n" },
  ]);
  await editor.diagnostics("gateway.gwl", ({ length }) => length > 0);
  expect(await titles()).toEqual(["10 2 rules, public: explain", "11 2 rules, public: explain"]);
  expect(await hints()).toEqual(['10 "1 inherited rule"', '11 "1 inherited rule"']);
  refreshed = [];
  const again = new Promise<void>((done) => {
    onRefresh = () => {
      if (new Set(refreshed).size === 3) done();
    };
  });
  const line = 8;
  await editor.change("gateway.gwl", [
    { range: { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } }, text: "" },
    { range: { start: { line: line - 2, character: 0 }, end: { line: line - 1, character: 0 } }, text: "" },
  ]);
  await again;
  expect((await titles())[0]).toContain("1 rule, public: explain");
  expect(await hints()).toEqual([]);
});

test("colours are sent as what has changed in them, and of a part where a part is shown", async () => {
  const full = await editor.request<SemanticTokens>("textDocument/semanticTokens/full", document());
  await editor.change("gateway.gwl", [
    { range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "\nnetwork home { 192.0.2.0/24 }\n" },
  ]);
  const previousResultId = full.resultId;
  const delta = await editor.request<SemanticTokensDelta>("textDocument/semanticTokens/full/delta", { ...document(), previousResultId });
  const now = await editor.request<SemanticTokens>("textDocument/semanticTokens/full", document());
  expect(delta.edits.reduceRight<readonly number[]>(edited, full.data)).toEqual(now.data);
  expect(delta.edits.flatMap(({ data }) => data ?? []).length).toBeLessThan(now.data.length / 2);
  const range = { start: { line: 2, character: 0 }, end: { line: 3, character: 0 } };
  const part = await editor.request<SemanticTokens>("textDocument/semanticTokens/range", { ...document(), range });
  expect(part.data.length).toBeGreaterThan(0);
  expect(part.data.length).toBeLessThan(now.data.length / 2);
  const unknown = await editor.request<SemanticTokens>("textDocument/semanticTokens/full/delta", { ...document(), previousResultId: "x" });
  expect(unknown.data).toEqual(now.data);
});

function edited(data: readonly number[], { start, deleteCount, data: put }: SemanticTokensDelta["edits"][number]): readonly number[] {
  return data.toSpliced(start, deleteCount, ...(put ?? []));
}

test("pages of what completion offers are sent for the one that is looked at", async () => {
  const { items } = await editor.request<CompletionList>("textDocument/completion", {
    ...document(),
    position: { line: 0, character: 0 },
  });
  expect(items.every(({ documentation }) => documentation === undefined)).toBe(true);
  const documented = items.find(({ data }) => data !== undefined);
  const shown = await editor.request<CompletionItem>("completionItem/resolve", documented ?? {});
  expect(shown.documentation).toMatchObject({ kind: "markdown" });
  const strange = { label: "strange", data: { list: "a" } };
  expect(await editor.request<CompletionItem>("completionItem/resolve", strange)).toEqual(strange);
});
