/**
 * A language server at the end of a connection, whatever carries it. Promises: one request's fault ends nothing; after `shutdown` nothing more
 * is checked. Must not know Node or browsers.
 */
import {
  type Connection,
  createConnection,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  type InitializeParams,
  type MessageReader,
  type MessageWriter,
  type WatchDog,
} from "vscode-languageserver";
import type { EditorHost } from "../service/host.ts";
import type { Service } from "../service/service.ts";
import { capabilities } from "./capabilities.ts";
import { type Client, clientOf } from "./client.ts";
import { converting } from "./convert.ts";
import { diagnostics } from "./diagnostics.ts";
import { documents } from "./documents.ts";
import * as extra from "./extra.ts";
import { paths } from "./paths.ts";
import { handleChanging } from "./requests/changing.ts";
import { handleMoving } from "./requests/moving.ts";
import { handleColouring } from "./requests/colouring.ts";
import { handleCompleting } from "./requests/completing.ts";
import { handleTyping } from "./requests/typing.ts";
import { handleUnderstanding } from "./requests/understanding.ts";
import type { Session } from "./session.ts";
import { DEFAULTS, readSettings, type Settings } from "./settings.ts";
import { notingHost, type WatchFolders, watchFiles } from "./watching.ts";

export type ServerSetup = {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly host: EditorHost;
  readonly createService: (host: EditorHost) => Service;
  readonly version: string;
  /** For clients that watch no files. */
  readonly watchItself?: WatchFolders;
  /** Where pages of findings are, for clients that name no place of their own. */
  readonly pages?: string;
  readonly started?: (params: InitializeParams) => void;
  readonly ended: (code: number) => void;
};

const NOBODY: Client = clientOf({ processId: null, rootUri: null, capabilities: {}, workspaceFolders: null });

export function serve(setup: ServerSetup): Connection {
  const { host, wasAsked } = notingHost(setup.host);
  const connection = createConnection((logger) => createProtocolConnection(setup.reader, setup.writer, logger), watchDog(setup));
  const service = setup.createService(host);
  const known = { client: NOBODY, settings: DEFAULTS };
  const ways = paths(host);
  const base = { connection, service, paths: ways, convert: converting(service, ways) };
  const open = documents(base, {
    opened: (path) => findings.opened(path),
    changed: (edit) => findings.changed(edit),
    closed: (uri) => colours.closed(uri),
  });
  const session: Session = { ...base, client: () => known.client, settings: () => known.settings, versionOf: open.versionOf };
  const findings = diagnostics(session, () => void tellChecked(session).catch(() => undefined));
  const colours = handleColouring(session);

  connection.onInitialize((params) => {
    const client = clientOf(params);
    known.client = { ...client, pages: client.pages ?? setup.pages };
    service.setRoots(client.roots.map(ways.pathOf));
    return { capabilities: capabilities(client), serverInfo: { name: "gwl", version: setup.version } };
  });
  connection.onInitialized(async () => {
    followFolders(session, () => findings.changed());
    findings.changed();
    await watchFiles(session, wasAsked, () => findings.changed(), setup.watchItself);
    await followSettings(session, (settings) => (known.settings = settings));
  });
  connection.onShutdown(() => findings.stop());
  for (const handle of [handleCompleting, handleTyping, handleMoving, handleChanging, handleUnderstanding]) handle(session);
  connection.listen();
  return connection;
}

/** What hangs on whole programs is asked for again; so are the colours, as an edit changes those of other files. A client may be gone by then. */
async function tellChecked({ connection, client }: Session): Promise<void> {
  const { canRefreshInlayHints, canRefreshCodeLenses, canRefreshColours } = client();
  await connection.sendNotification(extra.changed, {});
  if (canRefreshColours) await connection.languages.semanticTokens.refresh();
  await refresh({ canRefreshInlayHints, canRefreshCodeLenses }, connection);
}

async function refresh(
  { canRefreshInlayHints, canRefreshCodeLenses }: Pick<Client, "canRefreshInlayHints" | "canRefreshCodeLenses">,
  connection: Connection,
): Promise<void> {
  if (canRefreshInlayHints) await connection.languages.inlayHint.refresh();
  if (canRefreshCodeLenses) await connection.sendRequest("workspace/codeLens/refresh");
}

function followFolders({ connection, service, paths: { pathOf }, client }: Session, changed: () => void): void {
  if (!client().canTellFolders) return;
  let roots = client().roots;
  connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
    const gone = new Set(removed.map(({ uri }) => uri));
    roots = [...new Set([...roots.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)])];
    service.setRoots(roots.map(pathOf));
    changed();
  });
}

async function followSettings({ connection, client }: Session, take: (settings: Settings) => void): Promise<void> {
  const { canAnswerConfiguration } = client();
  connection.onDidChangeConfiguration(async ({ settings }) => {
    const told: unknown = settings;
    const section: unknown = canAnswerConfiguration
      ? await connection.workspace.getConfiguration("gwl")
      : typeof told === "object" && told !== null && "gwl" in told
        ? told.gwl
        : told;
    take(readSettings(section));
    await refresh(client(), connection);
  });
  if (!canAnswerConfiguration) return;
  take(readSettings(await connection.workspace.getConfiguration("gwl")));
  await connection.client.register(DidChangeConfigurationNotification.type, { section: "gwl" });
}

/** `exit` before `shutdown` is a fault of the client's: code 1, as the protocol has it. */
function watchDog({ started, ended }: ServerSetup): WatchDog {
  return { shutdownReceived: false, initialize: (params) => started?.(params), exit: ended };
}
