/** An editor in front of `gwl lsp --stdio`: a real process, a real JSON-RPC connection, files in a folder of its own. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, type MessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type {
  ClientCapabilities,
  Diagnostic,
  InitializeResult,
  LogMessageParams,
  Position,
  PublishDiagnosticsParams,
} from "vscode-languageserver-protocol";
import { ROOT } from "../../laws/source-files.ts";

export type Editor = {
  readonly connection: MessageConnection;
  readonly initialized: InitializeResult;
  readonly uri: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  readonly remove: (file: string) => void;
  readonly open: (file: string, text: string) => Promise<void>;
  readonly change: (file: string, changes: readonly object[]) => Promise<void>;
  readonly request: <T>(method: string, params: object) => Promise<T>;
  /** Findings of a file as they are now, or as soon as `fits`. */
  readonly diagnostics: (file: string, fits?: (found: readonly Diagnostic[]) => boolean) => Promise<readonly Diagnostic[]>;
  /** When whole programs were checked for the first time. */
  readonly checked: Promise<void>;
  readonly log: readonly string[];
  readonly published: readonly PublishDiagnosticsParams[];
  readonly process: ChildProcess;
  readonly exited: Promise<number | null>;
  readonly close: () => Promise<void>;
};

export type EditorSetup = {
  readonly files: Readonly<Record<string, string>>;
  readonly capabilities?: ClientCapabilities;
  readonly options?: object;
  readonly configuration?: object;
  /** Folders of the workspace below the one with the files; the whole without. */
  readonly roots?: readonly string[];
  /** The launcher of `gwl`; that of the sources without. */
  readonly bin?: string;
};

const PATIENCE = 20_000;

export async function startEditor(setup: EditorSetup): Promise<Editor> {
  const { files, capabilities = {}, options, configuration, roots = [""], bin = join(ROOT, "compiler/cli/bin.js") } = setup;
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "gwl-lsp-")));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of Object.entries(files)) write(file, text);
  const child = spawn(process.execPath, [bin, "lsp", "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exited = new Promise<number | null>((done) => child.on("exit", done));
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const latest = new Map<string, readonly Diagnostic[]>();
  const published: PublishDiagnosticsParams[] = [];
  const waiting = new Set<() => void>();
  const log: string[] = [];
  connection.onNotification("textDocument/publishDiagnostics", (params: PublishDiagnosticsParams) => {
    latest.set(params.uri, params.diagnostics);
    published.push(params);
    for (const look of waiting) look();
  });
  const checked = new Promise<void>((done) => connection.onNotification("gwl/changed", () => done()));
  connection.onNotification("window/logMessage", ({ message }: LogMessageParams) => void log.push(message));
  connection.onRequest("workspace/configuration", ({ items }: { items: readonly unknown[] }) => items.map(() => configuration ?? null));
  connection.onRequest("client/registerCapability", () => null);
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.listen();
  const uri = (file: string): string => pathToFileURL(join(folder, file)).href;
  const initialized = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: roots.map((root) => ({ uri: uri(root).replace(/\/$/, ""), name: root })),
    capabilities,
    initializationOptions: options,
  });
  await connection.sendNotification("initialized", {});
  const versions = new Map<string, number>();
  const next = (file: string): number => {
    const version = (versions.get(file) ?? 0) + 1;
    versions.set(file, version);
    return version;
  };
  return {
    connection,
    initialized,
    uri,
    write,
    remove: (file) => rmSync(join(folder, file)),
    open: (file, text) =>
      connection.sendNotification("textDocument/didOpen", {
        textDocument: { uri: uri(file), languageId: "gwl", version: next(file), text },
      }),
    change: (file, contentChanges) =>
      connection.sendNotification("textDocument/didChange", { textDocument: { uri: uri(file), version: next(file) }, contentChanges }),
    request: (method, params) => connection.sendRequest(method, params),
    diagnostics: (file, fits = () => true) =>
      new Promise((done, fail) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          fail(new Error(`no such findings of ${file} within ${PATIENCE} ms; the last were ${JSON.stringify(latest.get(uri(file)))}`));
        }, PATIENCE);
        const look = (): void => {
          const found = latest.get(uri(file));
          if (found === undefined || !fits(found)) return;
          clearTimeout(timer);
          waiting.delete(look);
          done(found);
        };
        waiting.add(look);
        look();
      }),
    checked,
    log,
    published,
    process: child,
    exited,
    close: async () => {
      if (child.exitCode === null) {
        await connection.sendRequest("shutdown");
        await connection.sendNotification("exit");
        await exited;
      }
      connection.dispose();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A text without its `<|>`, and where that was. */
export function marked(text: string): { readonly text: string; readonly position: Position } {
  const [before = "", after = ""] = text.split("<|>");
  const lines = before.split("\n");
  return { text: before + after, position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 } };
}

export const codesOf = (found: readonly Diagnostic[]): readonly unknown[] => found.map(({ code }) => code);
