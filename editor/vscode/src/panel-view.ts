/**
 * The side panel's other half: asks the server and follows the cursor. Promises: the newest answer wins; while the panel is not seen nothing is
 * asked.
 */
import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import * as extra from "../../lsp/extra.ts";
import type { FromPanel, ToPanel } from "../panel/messages.ts";
import { panelPage } from "../panel/page-html.ts";
import { open } from "./open-place.ts";

export type Panel = vscode.Disposable & {
  /** Brings the panel up; `form` puts the cursor into the form. */
  readonly reveal: (part: "table" | "form") => Promise<void>;
};

const VIEW = "gwl.panel";
/** Milliseconds that the cursor rests before the panel follows. */
const REST = 120;

type State = {
  readonly client: BaseLanguageClient;
  view: vscode.WebviewView | undefined;
  followed: vscode.TextEditor | undefined;
  timer: ReturnType<typeof setTimeout> | undefined;
  wantsForm: boolean;
};

export function panel(extension: vscode.Uri, client: BaseLanguageClient): Panel {
  const state: State = { client, view: undefined, followed: undefined, timer: undefined, wantsForm: false };
  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView: (opened) => {
      state.view = opened;
      show(opened, extension);
      opened.webview.onDidReceiveMessage((message: FromPanel) => void guard(client, () => hear(message, state)));
      opened.onDidChangeVisibility(() => refresh(state));
      opened.onDidDispose(() => (state.view = undefined));
    },
  };
  follow(vscode.window.activeTextEditor, state);
  const parts = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider(VIEW, provider),
    vscode.window.onDidChangeActiveTextEditor((editor) => follow(editor, state)),
    vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => follow(textEditor, state)),
    client.onNotification(extra.changed, () => refresh(state)),
  );
  return {
    reveal: async (part) => {
      state.wantsForm = part === "form" && state.view === undefined;
      await vscode.commands.executeCommand(`${VIEW}.focus`);
      if (part === "form") tell(state, { kind: "focus" });
    },
    dispose: () => {
      clearTimeout(state.timer);
      parts.dispose();
    },
  };
}

function follow(editor: vscode.TextEditor | undefined, state: State): void {
  if (editor?.document.languageId !== "gwl") return;
  state.followed = editor;
  refresh(state);
}

function refresh(state: State): void {
  clearTimeout(state.timer);
  const ask = async (): Promise<void> => {
    await askProgram(state);
    await askCursor(state);
  };
  state.timer = setTimeout(() => void guard(state.client, ask), REST);
}

function tell({ view }: State, message: ToPanel): void {
  void view?.webview.postMessage(message);
}

async function askProgram(state: State): Promise<void> {
  const { client, view, followed } = state;
  if (view?.visible !== true || followed === undefined) return;
  const at = { textDocument: { uri: client.code2ProtocolConverter.asUri(followed.document.uri) } };
  const [tree, form] = await Promise.all([client.sendRequest(extra.routeTree, at), client.sendRequest(extra.callForm, at)]);
  tell(state, { kind: "program", tree, form });
}

async function askCursor(state: State): Promise<void> {
  const { client, view, followed } = state;
  if (view?.visible !== true || followed === undefined) return;
  const uri = client.code2ProtocolConverter.asUri(followed.document.uri);
  const position = client.code2ProtocolConverter.asPosition(followed.selection.active);
  const table = await client.sendRequest(extra.decisionTable, { textDocument: { uri }, position });
  const isStill = followed === state.followed && followed.selection.active.line === position.line;
  if (isStill) tell(state, { kind: "cursor", uri, line: position.line, table });
}

async function hear(message: FromPanel, state: State): Promise<void> {
  switch (message.kind) {
    case "ready":
      refresh(state);
      if (state.wantsForm) tell(state, { kind: "focus" });
      state.wantsForm = false;
      return;
    case "open":
      return open(message.place, { preserveFocus: false });
    case "try": {
      if (state.followed === undefined) return;
      const textDocument = { uri: state.client.code2ProtocolConverter.asUri(state.followed.document.uri) };
      return tell(state, {
        kind: "answer",
        answer: await state.client.sendRequest(extra.tryRequest, { textDocument, call: message.call }),
      });
    }
  }
}

function show({ webview }: vscode.WebviewView, extension: vscode.Uri): void {
  const folders = ["dist", "media"].map((name) => vscode.Uri.joinPath(extension, name));
  const resource = (...parts: readonly string[]): string => webview.asWebviewUri(vscode.Uri.joinPath(extension, ...parts)).toString();
  webview.options = { enableScripts: true, localResourceRoots: folders };
  webview.html = panelPage({
    script: resource("dist", "panel.js"),
    style: resource("media", "panel.css"),
    source: webview.cspSource,
    nonce: crypto.randomUUID().replaceAll("-", ""),
  });
}

/** A server that is just starting again, or a file that was closed meanwhile, is no matter for the user. */
async function guard(client: BaseLanguageClient, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (fault) {
    client.outputChannel.appendLine(`the panel: ${fault instanceof Error ? fault.message : String(fault)}`);
  }
}
