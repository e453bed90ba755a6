import { describe, expect, test } from "vitest";
import type { InlayHint } from "vscode-languageserver-protocol";
import { codesOf, startEditor } from "./client.ts";

const GATEWAY = `gwl 1

backend notes = http { targets: ["http://127.0.0.1:9000"] }
gateway example { listen 8080 }

api notes at "/notes" {
  deny when has query("debug")
  GET "/" -> notes { public because "a demo" }
}
`;
const CONFIGURABLE = { workspace: { configuration: true, didChangeConfiguration: { dynamicRegistration: true } } };
const whole = { start: { line: 0, character: 0 }, end: { line: 20, character: 0 } };

describe("a session", () => {
  test("a question that is not wanted any more is answered as cancelled, or was answered already", async () => {
    const editor = await startEditor({ files: { "gateway.gwl": GATEWAY } });
    const answers = Array.from({ length: 20 }, async (_, id) => {
      const params = { textDocument: { uri: editor.uri("gateway.gwl") }, position: { line: 7, character: 3 } };
      const asked = editor.connection.sendRequest("textDocument/references", { ...params, context: { includeDeclaration: true } });
      await editor.connection.sendNotification("$/cancelRequest", { id: id + 1 });
      return asked.then(
        () => "answered",
        ({ code }: { code: number }) => code,
      );
    });
    for (const answer of await Promise.all(answers)) expect(["answered", -32800]).toContain(answer);
    await expect(
      editor.request("textDocument/documentSymbol", { textDocument: { uri: editor.uri("gateway.gwl") } }),
    ).resolves.toBeDefined();
    await editor.close();
  });

  test("settings are asked for, and asked again when they change", async () => {
    let inlayHints = { types: true, rules: true };
    const editor = await startEditor({ files: { "gateway.gwl": GATEWAY }, capabilities: CONFIGURABLE });
    editor.connection.onRequest("workspace/configuration", () => [{ inlayHints }]);
    const hints = (): Promise<readonly InlayHint[]> =>
      editor.request("textDocument/inlayHint", { textDocument: { uri: editor.uri("gateway.gwl") }, range: whole });
    await editor.checked;
    expect((await hints()).length).toBeGreaterThan(0);
    inlayHints = { types: true, rules: false };
    await editor.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await expect.poll(async () => (await hints()).length, { timeout: 10_000 }).toBe(0);
    await editor.close();
  });

  test("settings that are sent are taken, where nobody answers", async () => {
    const editor = await startEditor({ files: { "gateway.gwl": GATEWAY } });
    await editor.connection.sendNotification("workspace/didChangeConfiguration", {
      settings: { gwl: { inlayHints: { rules: false }, pause: "nonsense" } },
    });
    const params = { textDocument: { uri: editor.uri("gateway.gwl") }, range: whole };
    expect(await editor.request("textDocument/inlayHint", params)).toEqual([]);
    await editor.close();
  });

  test("folders come and go", async () => {
    const broken = GATEWAY.replace("-> notes", "-> noets");
    const capabilities = { workspace: { workspaceFolders: true } };
    const editor = await startEditor({ files: { "a/gateway.gwl": GATEWAY, "b/gateway.gwl": broken }, roots: ["a"], capabilities });
    await editor.checked;
    const folder = { uri: editor.uri("b"), name: "b" };
    await editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added: [folder], removed: [] } });
    await editor.diagnostics("b/gateway.gwl", ({ length }) => length > 0);
    await editor.connection.sendNotification("workspace/didChangeWorkspaceFolders", { event: { added: [], removed: [folder] } });
    expect(await editor.diagnostics("b/gateway.gwl", ({ length }) => length === 0)).toEqual([]);
    await editor.close();
  });

  test("a list that a program reads is watched, and so is one that it looks for in vain", async () => {
    const program = 'gwl 1\n\nnetwork blocked from "blocked.any"\n';
    const editor = await startEditor({ files: { "gateway.gwl": program } });
    expect(codesOf(await editor.diagnostics("gateway.gwl", ({ length }) => length > 0))).toContain("GWL2002");
    editor.write("blocked.any", "203.0.113.0/24\n");
    await editor.diagnostics("gateway.gwl", (found) => !codesOf(found).includes("GWL2002"));
    editor.write("blocked.any", "no address\n");
    expect(codesOf(await editor.diagnostics("gateway.gwl", (found) => codesOf(found).includes("GWL3707")))).toContain("GWL3707");
    await editor.close();
  });

  test("a finding that only whole programs show stays at its place while somebody types above it", async () => {
    const unused = `gwl 1\n\nnetwork home { 203.0.113.0/24 }\n${GATEWAY.slice(5)}`;
    const editor = await startEditor({ files: { "gateway.gwl": unused } });
    await editor.open("gateway.gwl", unused);
    const [before] = await editor.diagnostics("gateway.gwl", (found) => found.some(({ tags }) => tags?.includes(1)));
    const count = editor.published.length;
    await editor.change("gateway.gwl", [{ range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, text: "\n\n" }]);
    const [after] = await editor.diagnostics("gateway.gwl", (found) =>
      found.some(({ range }) => range.start.line === (before?.range.start.line ?? 0) + 2),
    );
    expect(after?.code).toBe(before?.code);
    const since = editor.published.slice(count).filter(({ uri }) => uri === editor.uri("gateway.gwl"));
    expect(since.filter(({ diagnostics }) => diagnostics.length === 0)).toEqual([]);
    await editor.close();
  });
});
