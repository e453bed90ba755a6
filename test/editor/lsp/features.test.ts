import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CodeAction,
  CodeLens,
  CompletionItem,
  CompletionList,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  InlayHint,
  Location,
  SelectionRange,
  SemanticTokens,
  SignatureHelp,
  SymbolInformation,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver-protocol";
import type { CallForm, DecisionTable, RouteTree, TestItem, TestRun, TriedAnswer } from "../../../editor/lsp/extra.ts";
import { type Editor, marked, startEditor } from "./client.ts";

const NETWORKS = "gwl 1\n\nnetwork office { 203.0.113.0/24 }\n";
const GATEWAY = `gwl 1

import { office } from "./networks.gwl"

secret SIGNING_KEY: String
identity User = jwt {
  issuer: "https://login.example"
  audience: "notes"
  algorithms: [HS256]
  secret: SIGNING_KEY
  claims { admin: Bool, tenant: String? }
}
backend notes = http { targets: ["http://127.0.0.1:9000"] }
gateway example { listen 8080 }

policy inside(net: Network = office) {
  deny when not (client.ip in net) because "outside"
}

api notes at "/notes" {
  accept User
  use inside(office)
  GET "/{id: Uuid}" -> notes { allow when principal.admin }
}

test "an admin" {
  GET "/notes/3f2504e0-4f89-41d3-9a0c-0305e82c3301" from 203.0.113.5 as User { sub: "u1", admin: true } expect allow
}
test "a guest" {
  GET "/notes/3f2504e0-4f89-41d3-9a0c-0305e82c3301" from 203.0.113.5 as User { sub: "u2", admin: false } expect allow
}
`;
const MISTAKES = "gwl 1\n\nnetwork home { 203.0.113.7/24 }\n";
const FILES = { "gateway.gwl": GATEWAY, "networks.gwl": NETWORKS, "mistakes/mistakes.gwl": MISTAKES };
const CAPABILITIES = {
  workspace: { workspaceEdit: { documentChanges: true }, configuration: true },
  textDocument: {
    completion: { completionItem: { snippetSupport: true } },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  },
};

let editor: Editor;
beforeAll(async () => {
  editor = await startEditor({ files: FILES, capabilities: CAPABILITIES });
  await editor.open("gateway.gwl", GATEWAY);
  await editor.checked;
});
afterAll(() => editor.close());

const document = (file = "gateway.gwl"): { textDocument: { uri: string } } => ({ textDocument: { uri: editor.uri(file) } });
/** The parameters of a request at the place right before `text`, or some letters into it. */
function at(text: string, into = 0, file: keyof typeof FILES = "gateway.gwl"): object {
  const source = FILES[file];
  const offset = source.indexOf(text) + into;
  return { ...document(file), position: marked(`${source.slice(0, offset)}<|>${source.slice(offset)}`).position };
}
const whole = (lines: number): object => ({ range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } } });

describe("while typing", () => {
  test("completion offers what a principal has, and takes the place of what is typed", async () => {
    const { items } = await editor.request<CompletionList>("textDocument/completion", at("admin }", 2));
    const admin = items.find(({ label }) => label === "admin");
    expect(admin?.textEdit).toMatchObject({ newText: "admin", range: { start: { line: 22, character: 52 } } });
    expect(items.map(({ label }) => label)).toContain("tenant");
  });

  test("whole constructs are snippets, for those who take snippets", async () => {
    const { items } = await editor.request<CompletionList>("textDocument/completion", at("\npolicy", 0));
    expect(items.some(({ insertTextFormat }) => insertTextFormat === 2)).toBe(true);
    const plain = await startEditor({ files: FILES });
    await plain.open("gateway.gwl", GATEWAY);
    const offered = await plain.request<CompletionList>("textDocument/completion", {
      textDocument: { uri: plain.uri("gateway.gwl") },
      position: { line: 14, character: 0 },
    });
    expect(offered.items.filter(({ insertTextFormat }: CompletionItem) => insertTextFormat === 2)).toEqual([]);
    expect(offered.items.filter(({ textEdit }: CompletionItem) => /\$\{|\$0/.test(textEdit?.newText ?? ""))).toEqual([]);
    await plain.close();
  });

  test("lists are offered that nobody names yet", async () => {
    editor.write("lists/office.txt", "203.0.113.0/24\n");
    const text = 'gwl 1\nnetwork far from "lists/"\n';
    await editor.open("far.gwl", text);
    const position = { line: 1, character: 'network far from "lists/'.length };
    const { items } = await editor.request<CompletionList>("textDocument/completion", { ...document("far.gwl"), position });
    expect(items.map(({ label }) => label)).toContain("lists/office.txt");
  });

  test("a call shows its parameters", async () => {
    const help = await editor.request<SignatureHelp>("textDocument/signatureHelp", at("office)\n", 0));
    expect(help.signatures[0]?.label).toContain("inside(net: Network");
    expect(help.activeParameter).toBe(0);
  });

  test("inlay hints and semantic tokens", async () => {
    const hints = await editor.request<readonly InlayHint[]>("textDocument/inlayHint", { ...document(), ...whole(40) });
    expect(hints.map(({ position: { line } }) => line)).toContain(22);
    const { data } = await editor.request<SemanticTokens>("textDocument/semanticTokens/full", document());
    expect(data.length % 5).toBe(0);
    expect(data.length).toBeGreaterThan(200);
  });

  test("formatting: all, a part, and what was just closed", async () => {
    const untidy = "gwl 1\n\nnetwork   home {203.0.113.9/32}\n";
    await editor.open("untidy.gwl", untidy);
    const options = { tabSize: 2, insertSpaces: true };
    const all = await editor.request<readonly TextEdit[]>("textDocument/formatting", { ...document("untidy.gwl"), options });
    const part = await editor.request<readonly TextEdit[]>("textDocument/rangeFormatting", {
      ...document("untidy.gwl"),
      ...whole(3),
      options,
    });
    expect(all.map(({ newText }) => newText).join("")).toContain("network home { 203.0.113.9/32 }");
    expect(part).toEqual(all);
    const typed = { ...document("untidy.gwl"), position: { line: 2, character: 31 }, ch: "}", options };
    expect(await editor.request<readonly TextEdit[]>("textDocument/onTypeFormatting", typed)).toEqual(all);
  });
});

describe("moving around", () => {
  test("references and highlights", async () => {
    const uses = await editor.request<readonly Location[]>("textDocument/references", {
      ...at("office }", 1),
      context: { includeDeclaration: true },
    });
    expect(new Set(uses.map(({ uri }) => uri))).toEqual(new Set([editor.uri("gateway.gwl"), editor.uri("networks.gwl")]));
    const marks = await editor.request<readonly DocumentHighlight[]>("textDocument/documentHighlight", at("office }", 1));
    expect(marks.length).toBe(3);
  });

  test("type definition of a principal's field, implementation of a policy", async () => {
    expect(await editor.request("textDocument/implementation", at("inside(net", 1))).not.toEqual([]);
    expect(await editor.request("textDocument/typeDefinition", at("principal.admin", 1))).not.toBeUndefined();
  });

  test("outlines nest, or are flat for those who cannot nest", async () => {
    const nested = await editor.request<readonly DocumentSymbol[]>("textDocument/documentSymbol", document());
    expect(nested.find(({ name }) => name === "notes" || name.includes("/notes"))).toBeDefined();
    expect(nested.some(({ children }) => (children?.length ?? 0) > 0)).toBe(true);
    const plain = await startEditor({ files: FILES });
    const flat = await plain.request<readonly SymbolInformation[]>("textDocument/documentSymbol", {
      textDocument: { uri: plain.uri("gateway.gwl") },
    });
    expect(flat.every(({ location }) => location.uri === plain.uri("gateway.gwl"))).toBe(true);
    await plain.close();
  });

  test("symbols of the workspace, folds, links, growing selections", async () => {
    const found = await editor.request<readonly SymbolInformation[]>("workspace/symbol", { query: "office" });
    expect(found.map(({ location }) => location.uri)).toContain(editor.uri("networks.gwl"));
    const folds = await editor.request<readonly FoldingRange[]>("textDocument/foldingRange", document());
    expect(folds).toContainEqual(expect.objectContaining({ startLine: 19, endLine: 22 }));
    const links = await editor.request<readonly DocumentLink[]>("textDocument/documentLink", document());
    expect(links.map(({ target }) => target)).toContain(editor.uri("networks.gwl"));
    const positions = [{ line: 22, character: 52 }];
    const [selection] = await editor.request<readonly SelectionRange[]>("textDocument/selectionRange", { ...document(), positions });
    expect(selection?.parent?.parent).toBeDefined();
  });

  test("who uses a policy", async () => {
    const [item] = await editor.request<readonly CallHierarchyItem[]>("textDocument/prepareCallHierarchy", at("inside(net", 1));
    const calls = await editor.request<readonly CallHierarchyIncomingCall[]>("callHierarchy/incomingCalls", { item });
    expect(calls.map(({ fromRanges }) => fromRanges[0]?.start.line)).toEqual([21]);
    expect(await editor.request("callHierarchy/outgoingCalls", { item })).toEqual([]);
  });
});

describe("changing", () => {
  test("renaming across files names the versions that it was made for", async () => {
    const prepared = await editor.request<{ placeholder: string }>("textDocument/prepareRename", at("office }", 1));
    expect(prepared.placeholder).toBe("office");
    const { documentChanges } = await editor.request<WorkspaceEdit>("textDocument/rename", { ...at("office }", 1), newName: "house" });
    expect(documentChanges).toContainEqual(expect.objectContaining({ textDocument: { uri: editor.uri("gateway.gwl"), version: 1 } }));
    expect(documentChanges).toContainEqual(expect.objectContaining({ textDocument: { uri: editor.uri("networks.gwl"), version: null } }));
    await expect(editor.request("textDocument/rename", { ...at("office }", 1), newName: "no name" })).rejects.toThrow(/name/);
  });

  test("a finding's repair names the finding; all repairs at once only where they are asked for", async () => {
    const [finding] = await editor.diagnostics("mistakes/mistakes.gwl", ({ length }) => length > 0);
    const range = finding?.range;
    const params = { ...document("mistakes/mistakes.gwl"), range, context: { diagnostics: [finding] } };
    const actions = await editor.request<readonly CodeAction[]>("textDocument/codeAction", params);
    const repair = actions.find(({ kind }) => kind === "quickfix");
    expect(repair?.diagnostics).toEqual([finding]);
    expect(JSON.stringify(repair?.edit)).toContain("203.0.113.0/24");
    expect(actions.filter(({ kind }) => kind?.startsWith("source"))).toEqual([]);
    const asked = await editor.request<readonly CodeAction[]>("textDocument/codeAction", {
      ...params,
      context: { diagnostics: [], only: ["source.fixAll"] },
    });
    expect(asked.map(({ kind }) => kind)).toEqual(["source.fixAll"]);
  });
});

describe("understanding", () => {
  test("code lenses, and their commands for editors without views", async () => {
    const lenses = await editor.request<readonly CodeLens[]>("textDocument/codeLens", document());
    const names = lenses.map(({ command }) => command?.command);
    expect(names).toContain("gwl.runTest");
    expect(names).toContain("gwl.explainRoute");
    const told: string[] = [];
    editor.connection.onNotification("window/showMessage", ({ message }: { message: string }) => void told.push(message));
    for (const { command } of lenses) {
      await editor.request("workspace/executeCommand", { command: command?.command, arguments: command?.arguments });
    }
    expect(told.join("\n")).toMatch(/"an admin" passed/);
    expect(told.join("\n")).toMatch(/"a guest" failed/);
    expect(told.join("\n")).toMatch(/GET \/notes\/\{id: Uuid\}: .*User/);
  });

  test("an editor that runs the commands itself is not offered them", async () => {
    const own = await startEditor({ files: FILES, options: { runsCommands: true } });
    expect(own.initialized.capabilities.executeCommandProvider).toBeUndefined();
    await own.close();
  });

  test("tests are found and run, and each is told as it ends", async () => {
    const found = await editor.request<readonly TestItem[]>("gwl/tests", {});
    expect(found.map(({ name, range }) => [name, range.uri])).toEqual([
      ["an admin", editor.uri("gateway.gwl")],
      ["a guest", editor.uri("gateway.gwl")],
    ]);
    const told: (readonly [number, string])[] = [];
    editor.connection.onNotification(
      "gwl/testDone",
      ({ run, test: { name } }: { run: number; test: TestRun }) => void told.push([run, name]),
    );
    const runs = await editor.request<readonly TestRun[]>("gwl/runTests", { ids: [], run: 7 });
    expect(runs.map(({ name, isPassed }) => [name, isPassed])).toEqual([
      ["an admin", true],
      ["a guest", false],
    ]);
    expect(runs[1]?.failures[0]).toMatchObject({ expected: "allow", range: { uri: editor.uri("gateway.gwl") } });
    expect(told).toEqual([
      [7, "an admin"],
      [7, "a guest"],
    ]);
  });

  test("the routes, the decisions of one, and a request that is tried", async () => {
    const tree = await editor.request<RouteTree>("gwl/routeTree", document());
    expect(JSON.stringify(tree)).toContain("GET /notes/{id: Uuid}");
    const table = await editor.request<DecisionTable>("gwl/decisionTable", at('GET "/{id', 1));
    expect(table.rows.map(({ caller, verdict }) => [caller, verdict])).toContainEqual(["User", "denied"]);
    const form = await editor.request<CallForm>("gwl/callForm", document());
    expect(form.identities[0]).toMatchObject({ name: "User" });
    const call = { method: "GET", target: "/notes/3f2504e0-4f89-41d3-9a0c-0305e82c3301", from: "192.0.2.1" };
    const tried = await editor.request<TriedAnswer>("gwl/tryRequest", { ...document(), call });
    expect(tried).toMatchObject({ ok: true, isAllowed: false, status: 403 });
    expect(await editor.request<DecisionTable | null>("gwl/decisionTable", at("network", 0, "networks.gwl"))).toBeNull();
  });
});
