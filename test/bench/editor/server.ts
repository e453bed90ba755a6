/**
 * The packed server in front of a client that measures it: a process of its own over standard input and output, as VS Code starts it. What the
 * kernel says of its thread (`schedstat`) tells work from waiting for a processor.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from "vscode-jsonrpc/node";
import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver-protocol";
import { bundleExtension } from "../../../scripts/editor/bundle-extension.ts";

/** Milliseconds: `work` is the server's thread's, `wall` what a person waits, `queued` the part in which the thread had no processor. */
export type Cost = { readonly work: number; readonly wall: number; readonly queued: number };
/** Megabytes. */
export type Memory = { readonly resident: number; readonly most: number };

export type MeasuredServer = {
  /** The text as it is from now on; costs up to the findings of that version. */
  readonly type: (file: string, text: string) => Promise<Cost>;
  readonly ask: (method: string, params: object) => Promise<Cost>;
  /** Up to the end of the next second pass. */
  readonly checked: () => Promise<Cost>;
  /** Up to findings of `file` that fit. */
  readonly shows: (file: string, fits: (found: readonly Diagnostic[]) => boolean) => Promise<void>;
  readonly uri: (file: string) => string;
  readonly worked: () => number;
  readonly memory: () => Memory;
  readonly end: () => void;
};

export async function packedServer(): Promise<{ readonly program: string; readonly remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), "gwl-editor-packed-"));
  await bundleExtension(folder);
  return { program: join(folder, "server.cjs"), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** `root` holds the workspace. */
export function startServer(program: string, root: string): MeasuredServer {
  const child = spawn(process.execPath, [program, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const proc = (file: string): string => readFileSync(`/proc/${child.pid}/${file}`, "utf8");
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const uri = (file: string): string => pathToFileURL(join(root, file)).href;
  const looks = new Set<(published: PublishDiagnosticsParams) => void>();
  const ends = new Set<() => void>();
  const versions = new Map<string, number>();
  connection.onNotification("textDocument/publishDiagnostics", (published: PublishDiagnosticsParams) => {
    for (const look of looks) look(published);
  });
  connection.onNotification("gwl/changed", () => {
    for (const end of ends) end();
  });
  connection.onRequest("window/workDoneProgress/create", () => null);
  connection.listen();

  const worked = (): number => Number(proc(`task/${child.pid}/schedstat`).split(" ")[0]) / 1e6;
  const queued = (): number => Number(proc(`task/${child.pid}/schedstat`).split(" ")[1]) / 1e6;
  const cost = async (run: () => Promise<unknown>): Promise<Cost> => {
    const before = { work: worked(), queued: queued(), wall: performance.now() };
    await run();
    return { work: worked() - before.work, queued: queued() - before.queued, wall: performance.now() - before.wall };
  };
  const published = (fits: (published: PublishDiagnosticsParams) => boolean): Promise<void> =>
    new Promise((done) => {
      const look = (one: PublishDiagnosticsParams): void => {
        if (!fits(one)) return;
        looks.delete(look);
        done();
      };
      looks.add(look);
    });
  const sent = (file: string, text: string): Promise<void> => {
    const version = (versions.get(file) ?? 0) + 1;
    versions.set(file, version);
    const textDocument = { uri: uri(file), version };
    if (version === 1)
      return connection.sendNotification("textDocument/didOpen", { textDocument: { ...textDocument, languageId: "gwl", text } });
    return connection.sendNotification("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
  };
  void connection.sendRequest("initialize", {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: [{ uri: pathToFileURL(root).href, name: "large" }],
    capabilities: {},
    initializationOptions: { runsCommands: true },
  });
  void connection.sendNotification("initialized", {});
  return {
    type: (file, text) =>
      cost(() => {
        const version = (versions.get(file) ?? 0) + 1;
        const shown = published((one) => one.uri === uri(file) && one.version === version);
        return Promise.all([sent(file, text), shown]);
      }),
    ask: (method, params) => cost(() => connection.sendRequest(method, params)),
    checked: () =>
      cost(
        () =>
          new Promise<void>((done) => {
            const end = (): void => {
              ends.delete(end);
              done();
            };
            ends.add(end);
          }),
      ),
    shows: (file, fits) => published((one) => one.uri === uri(file) && fits(one.diagnostics)),
    uri,
    worked,
    memory: () => {
      const megabytes = (what: string): number => Number(new RegExp(`^${what}:\\s+(\\d+)`, "m").exec(proc("status"))?.[1]) / 1024;
      return { resident: megabytes("VmRSS"), most: megabytes("VmHWM") };
    },
    end: () => {
      child.kill();
      connection.dispose();
    },
  };
}
