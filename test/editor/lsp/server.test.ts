import { afterEach, describe, expect, test } from "vitest";
import type { Hover, Location, TextEdit } from "vscode-languageserver-protocol";
import { codesOf, type Editor, type EditorSetup, marked, startEditor } from "./client.ts";

const GATEWAY = `gwl 1

import { office } from "./networks.gwl"

backend notes = http { targets: ["http://127.0.0.1:9000"] }
gateway example { listen 8080 }

api notes at "/notes" {
  GET "/" -> notes { public because "a demo", deny when not (client.ip in office) }
}
`;
const NETWORKS = "gwl 1\n\nnetwork office { 203.0.113.0/24 }\n";
const FILES = { "gateway.gwl": GATEWAY, "networks.gwl": NETWORKS };

let editor: Editor | undefined;
const start = async (setup: EditorSetup): Promise<Editor> => (editor = await startEditor(setup));
afterEach(async () => {
  await editor?.close();
  editor = undefined;
});

describe("the language server over standard input and output", () => {
  test("says what it can do, and who it is", async () => {
    const { initialized } = await start({ files: FILES });
    expect(initialized.serverInfo?.name).toBe("gwl");
    expect(initialized.capabilities).toMatchObject({ textDocumentSync: { openClose: true, change: 2 }, hoverProvider: true });
  });

  test("reports what is wrong in files that nobody has opened", async () => {
    const broken = { ...FILES, "gateway.gwl": GATEWAY.replace("-> notes", "-> noets") };
    const [found] = await (await start({ files: broken })).diagnostics("gateway.gwl", ({ length }) => length > 0);
    expect(found).toMatchObject({
      source: "gwl",
      severity: 1,
      range: { start: { line: 8, character: 13 }, end: { line: 8, character: 18 } },
    });
    expect(found?.message).toContain("notes");
  });

  test("what the text of an open file shows is there before the programs are read", async () => {
    const wrong = "gwl 1\n)\n\nnetwork a { 10.0.0.0/8 }\nnetwork b = nowhere\n";
    const editor = await startEditor({ files: { "gateway.gwl": wrong } });
    await editor.open("gateway.gwl", wrong);
    await editor.diagnostics("gateway.gwl", ({ length }) => length === 2);
    expect(editor.published.slice(0, 2).map(({ diagnostics }) => diagnostics.length)).toEqual([1, 2]);
    await editor.close();
  });

  test("follows each change, and takes a finding back when it is mended", async () => {
    const { open, change, diagnostics } = await start({ files: FILES });
    await open("gateway.gwl", GATEWAY);
    const at = { line: 8, character: 13 };
    await change("gateway.gwl", [{ range: { start: at, end: at }, text: "x" }]);
    await diagnostics("gateway.gwl", ({ length }) => length === 1);
    await change("gateway.gwl", [{ range: { start: at, end: { line: 8, character: 14 } }, text: "" }]);
    expect(await diagnostics("gateway.gwl", ({ length }) => length === 0)).toEqual([]);
  });

  test("takes several changes in one message one after the other", async () => {
    const { open, change, request, uri } = await start({ files: FILES });
    await open("networks.gwl", NETWORKS);
    await change("networks.gwl", [
      { range: { start: { line: 2, character: 8 }, end: { line: 2, character: 14 } }, text: "house" },
      { range: { start: { line: 2, character: 13 }, end: { line: 2, character: 13 } }, text: "  " },
    ]);
    const edits = await request<readonly TextEdit[]>("textDocument/formatting", {
      textDocument: { uri: uri("networks.gwl") },
      options: { tabSize: 2, insertSpaces: true },
    });
    expect(edits).toMatchObject([{ newText: "network house { 203.0.113.0/24 }\n" }]);
  });

  test("an unsaved text stands before the file's", async () => {
    const { open, diagnostics } = await start({ files: FILES });
    await open("networks.gwl", "gwl 1\n\nnetwork home { 203.0.113.0/24 }\n");
    const found = await diagnostics("gateway.gwl", ({ length }) => length > 0);
    expect(found.map(({ message }) => message).join()).toContain("office");
  });

  test("hears of changed files from a client that watches them, and watches itself for one that does not", async () => {
    for (const canWatch of [true, false]) {
      const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: canWatch } } };
      const { write, diagnostics, connection, uri, close, checked } = await start({ files: FILES, capabilities });
      await checked;
      write("networks.gwl", NETWORKS.replace("office", "home"));
      if (canWatch)
        await connection.sendNotification("workspace/didChangeWatchedFiles", { changes: [{ uri: uri("networks.gwl"), type: 2 }] });
      expect(await diagnostics("gateway.gwl", ({ length }) => length > 0)).not.toEqual([]);
      await close();
    }
  });

  test("leads from a name to where it is declared, across files", async () => {
    const { text, position } = marked(GATEWAY.replace("in office", "in off<|>ice"));
    const { open, request, uri } = await start({ files: FILES });
    await open("gateway.gwl", text);
    const found = await request<readonly Location[]>("textDocument/definition", { textDocument: { uri: uri("gateway.gwl") }, position });
    expect(found).toEqual([{ uri: uri("networks.gwl"), range: { start: { line: 2, character: 8 }, end: { line: 2, character: 14 } } }]);
  });

  test("says on hovering who may call a route", async () => {
    const { text, position } = marked(GATEWAY.replace('GET "', 'G<|>ET "'));
    const { open, request, uri } = await start({ files: FILES });
    await open("gateway.gwl", text);
    const hover = await request<Hover>("textDocument/hover", { textDocument: { uri: uri("gateway.gwl") }, position });
    expect(JSON.stringify(hover.contents)).toMatch(/public|anybody/);
  });

  test("several folders are one workspace of several programs", async () => {
    const broken = GATEWAY.replace("-> notes", "-> noets");
    const files = { "a/gateway.gwl": broken, "a/networks.gwl": NETWORKS, "b/gateway.gwl": broken, "b/networks.gwl": NETWORKS };
    const { diagnostics } = await start({ files, roots: ["a", "b"] });
    const sizes = await Promise.all(["a/gateway.gwl", "b/gateway.gwl"].map((file) => diagnostics(file, ({ length }) => length > 0)));
    expect(sizes.map(codesOf)).toEqual([codesOf(sizes[0] ?? []), codesOf(sizes[0] ?? [])]);
  });

  test("a wrong request is refused, and the next one is served", async () => {
    const { request, uri, open } = await start({ files: FILES });
    await open("gateway.gwl", GATEWAY);
    await expect(request("textDocument/hover", { textDocument: null, position: null } as object)).rejects.toThrow(/fault of gwl/);
    await expect(request("textDocument/unheardOf", {})).rejects.toThrow(/unheardOf/);
    await expect(
      request("textDocument/hover", { textDocument: { uri: uri("gateway.gwl") }, position: { line: 99, character: 99 } }),
    ).resolves.toBeNull();
  });

  test("ends with 0 after shutdown and exit, and with 1 when its client just goes", async () => {
    const polite = await start({ files: FILES });
    await polite.close();
    expect(await polite.exited).toBe(0);
    const rude = await start({ files: FILES });
    rude.process.stdin?.end();
    expect(await rude.exited).toBe(1);
    editor = undefined;
  });
});
