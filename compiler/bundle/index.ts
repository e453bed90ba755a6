/**
 * A gateway as files that run: `node server.js`. Promises the same bytes for the same module, wherever it is built, and code
 * that holds only what the gateway uses. Knows nothing of the language.
 */
import type { Bundle, EmittedFile, EmittedModule } from "../model/emitted.ts";
import { backendParts } from "./backend-parts.ts";
import { buildPackaged } from "./build-packaged.ts";
import { buildScripts } from "./build-script.ts";
import type { Ir } from "../model/ir.ts";
import { manifestOf, type ManifestFacts } from "./manifest.ts";
import { routesText, servedRoutes } from "./served-routes.ts";
import { siteLabels } from "./site-labels.ts";
import { generatedFiles } from "./transpile.ts";
import type { BundleHost } from "./virtual-files.ts";

export { transpile, transpileWhole } from "./transpile.ts";
export type { BundleHost } from "./virtual-files.ts";

export type BundleRequest = ManifestFacts & {
  readonly module: EmittedModule;
  /** Absolute path of the folder `runtime` of this compiler. */
  readonly runtime: string;
};

/** Parts of the host that only some gateways need, by their names in the host. */
const PARTS: readonly { readonly name: string; readonly from: string; readonly isNeeded: (ir: Ir) => boolean }[] = [
  { name: "signedXml", from: "./signed-xml.cjs", isNeeded: readsXml },
  { name: "awsCredentials", from: "./aws-credentials.cjs", isNeeded: callsAws },
  {
    name: "compress",
    from: "gwl/hosts/node/compress",
    isNeeded: ({ everyAnswer }) => everyAnswer?.sets.some(({ compress }) => compress !== undefined) === true,
  },
  { name: "decode", from: "gwl/hosts/node/decode", isNeeded: ({ routes }) => routes.some(({ decompress }) => decompress !== undefined) },
  { name: "caching", from: "gwl/hosts/node/caching", isNeeded: keepsAnswers },
  {
    name: "readWhole",
    from: "gwl/hosts/node/whole-answer",
    isNeeded: ({ routes }) => routes.some(({ returned }) => returned !== undefined),
  },
  {
    name: "compose",
    from: "gwl/hosts/node/compose",
    isNeeded: ({ routes }) => routes.some(({ target }) => target.kind === "compose"),
  },
  {
    name: "openListener",
    from: "gwl/hosts/node/listener",
    isNeeded: ({ entries }) => entries.some(({ door }) => door.kind === "listener"),
  },
  {
    name: "http2Doors",
    from: "gwl/hosts/node/http2-doors",
    isNeeded: ({ settings, entries }) => settings.http2 === true || entries.some(({ door }) => door.kind === "listener" && door.http2),
  },
  { name: "observing", from: "gwl/hosts/node/observing", isNeeded: isObserved },
  { name: "prometheus", from: "./prometheus.cjs", isNeeded: countsCalls },
  { name: "otlp", from: "./otlp.cjs", isNeeded: tellsCollectors },
  { name: "openLists", from: "gwl/hosts/node/open-lists", isNeeded: readsLists },
  { name: "redisStores", from: "./redis-stores.cjs", isNeeded: sharesCounts },
  { name: "redisAnswers", from: "./redis-stores.cjs", isNeeded: sharesAnswers },
  {
    name: "releaseWatch",
    from: "gwl/hosts/node/release-watch",
    isNeeded: ({ releases = [] }) => releases.some(({ stop }) => stop !== undefined),
  },
  {
    name: "deprecatedCalls",
    from: "gwl/observe/deprecated-calls",
    isNeeded: ({ routes }) => routes.some(({ deprecated }) => deprecated !== undefined),
  },
];

/** Parts that stand on packages, each a script of its own. `entry`: below `runtime`. */
const PACKAGED: readonly { readonly path: string; readonly entry: string; readonly isNeeded: (ir: Ir) => boolean }[] = [
  { path: "signed-xml.cjs", entry: "hosts/node/signed-xml.ts", isNeeded: readsXml },
  { path: "aws-credentials.cjs", entry: "hosts/node/aws-credentials.ts", isNeeded: callsAws },
  { path: "prometheus.cjs", entry: "hosts/node/observe/prometheus.ts", isNeeded: countsCalls },
  { path: "otlp.cjs", entry: "hosts/node/observe/otlp.ts", isNeeded: tellsCollectors },
  { path: "redis-stores.cjs", entry: "hosts/node/stores/redis-stores.ts", isNeeded: (ir) => sharesCounts(ir) || sharesAnswers(ir) },
];

/** By more than the usual log, and than what backends are told of traces. */
function isObserved(ir: Ir): boolean {
  const { door, log } = ir.settings.observe ?? {};
  return door !== undefined || log !== undefined || countsCalls(ir) || tellsCollectors(ir);
}

function countsCalls({ settings }: Ir): boolean {
  return settings.observe?.metrics !== undefined;
}

function tellsCollectors({ settings: { observe } }: Ir): boolean {
  return observe?.metrics?.collector !== undefined || observe?.traces?.collector !== undefined;
}

function callsAws({ identities, backends }: Ir): boolean {
  return [...identities, ...backends].some(({ kind }) => kind === "lambda");
}

function sharesCounts({ traffic = [] }: Ir): boolean {
  return traffic.some(({ shared }) => shared !== undefined);
}

function readsLists({ lists }: Ir): boolean {
  return lists !== undefined;
}

function sharesAnswers({ routes }: Ir): boolean {
  return routes.some(({ cache }) => cache?.data.store !== undefined);
}

function keepsAnswers({ routes }: Ir): boolean {
  return routes.some(({ cache }) => cache !== undefined);
}

function readsXml({ identities }: Ir): boolean {
  return identities.some(({ kind }) => kind === "saml");
}

/** The process that is started: it serves by workers, or alone. */
const serverText = `import { runServer } from "gwl/hosts/node/supervisor";

await runServer({ folder: new URL("./", import.meta.url), alone: () => import("./worker.js") });
`;

/** The thread that reads a list while its process serves. */
const threadText = `import { answerFromThread } from "gwl/hosts/node/list-thread";
import { readList } from "./list-reader.js";

await answerFromThread(readList);
`;

const listScripts = '{ thread: new URL("./list-thread.js", import.meta.url), reader: () => import("./list-reader.js") }';

/** What reads a list, there or in the process. */
const readerText = `export { readList } from "gwl/hosts/node/list-reader";
`;

/** A process that serves: all but the handler, which stays a file of its own for other hosts. */
function workerText(ir: Ir): string {
  const backends = backendParts(ir);
  const parts = PARTS.filter(({ isNeeded }) => isNeeded(ir));
  const imported = [...parts, ...backends.map(({ opener, from }) => ({ name: opener, from }))];
  const openers = backends.length === 0 ? "" : `\n  backends: { ${backends.map(({ kind, opener }) => `${kind}: ${opener}`).join(", ")} },`;
  return `import { startServer } from "gwl/hosts/node";
import { createGateway } from "./handler.js";
${imported.map(({ name, from }) => `import { ${name} } from ${JSON.stringify(from)};\n`).join("")}
await startServer({
  createGateway,
  tables: new URL("./tables.bin", import.meta.url),
  manifest: new URL("./manifest.json", import.meta.url),${readsLists(ir) ? `\n  listScripts: ${listScripts},` : ""}${parts.map(({ name }) => `\n  ${name},`).join("")}${openers}
});
`;
}

/** So that Node reads the scripts as modules, whatever folder they lie in. */
const packageFile = `${JSON.stringify({ private: true, type: "module" })}\n`;

/** Paths relative to the output folder; `manifest.json` is last and names all others. */
export async function bundle(request: BundleRequest, host: BundleHost): Promise<Bundle> {
  const { module, runtime } = request;
  const generated = new Map([
    ...generatedFiles(module),
    ["worker.ts", workerText(request.ir)],
    ["server.ts", serverText],
    ["list-thread.ts", threadText],
    ["list-reader.ts", readerText],
  ]);
  const files = {
    generated,
    runtime,
    external: ["./handler.js", "./worker.js", "./list-reader.js", ...PACKAGED.map(({ path }) => `./${path}`)],
  };
  // What starts a process, or a thread in it, stays one file: it loads nothing of the others.
  const alone = ["server", ...(readsLists(request.ir) ? ["list-thread", "list-reader"] : [])];
  const scripts = await Promise.all(
    [["handler", "worker"], ...alone.map((entry) => [entry])].map((entries) => buildScripts(files, entries, host)),
  );
  const served = servedRoutes(request);
  const emitted: readonly EmittedFile[] = [
    { path: "handler.ts", content: module.handler },
    ...validatorFiles(module.validators),
    ...scripts.flatMap((of) =>
      [...of].flatMap(([name, { code, map }]) => [
        { path: `${name}.js`, content: code },
        { path: `${name}.js.map`, content: map },
      ]),
    ),
    ...(await packagedFiles(request)),
    { path: "tables.bin", content: module.tables },
    { path: "routes.json", content: routesText(served) },
    { path: "sites.json", content: siteLabels(request) },
    { path: "package.json", content: packageFile },
  ];
  const manifest = manifestOf(request, emitted, host.sha256);
  return { files: [...emitted, { path: "manifest.json", content: `${JSON.stringify(manifest, null, 2)}\n` }], manifest, served };
}

function packagedFiles({ ir, runtime }: BundleRequest): Promise<readonly EmittedFile[]> {
  const needed = PACKAGED.filter(({ isNeeded }) => isNeeded(ir));
  return Promise.all(needed.map(async ({ path, entry }) => ({ path, content: await buildPackaged(`${runtime}/${entry}`) })));
}

/** The validators beside the readable handler, with types, so that it can be checked as it stands. */
function validatorFiles(validators: string): readonly EmittedFile[] {
  if (validators === "") return [];
  const names = [...validators.matchAll(/^export const (body\d+) /gm)].map(([, name]) => name);
  const types = names.map((name) => `export declare const ${name}: (body: unknown) => boolean;\n`).join("");
  return [
    { path: "validators.js", content: validators },
    { path: "validators.d.ts", content: types },
  ];
}
