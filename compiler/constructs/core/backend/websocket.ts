/** `backend NAME = websocket { targets: [...] }`: servers with which clients go on as WebSocket, and what both ends are held to. */
import type { Phrase } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { WebsocketRules } from "../../../../runtime/contract/websocket.ts";
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Backend } from "../../../model/program.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes, type SettingsRead } from "../../settings.ts";
import { anyOriginForm } from "./backend.diagnostics.ts";
import type { BackendKindConstruct } from "./backend-kind.ts";
import { bounded, type Bounds } from "./http/bounded.ts";
import { readServers, SERVER_SETTINGS } from "./servers.ts";

const duration = { form: "constant", type: { kind: "duration" } } as const;

export const WEBSOCKET_SETTINGS = {
  ...SERVER_SETTINGS,
  timeout: { ...duration, doc: "how long to wait for a server's answer to the handshake", byDefault: "`30s`" },
  max_message: {
    form: "constant",
    type: { kind: "size" },
    doc: "the largest message of either end, all its frames together",
    byDefault: "`1MiB`",
  },
  idle: { ...duration, doc: "how long nothing may come from either end", byDefault: "`10m`" },
  max_life: { ...duration, doc: "how long a connection may last", byDefault: "`2h`" },
  ping: { ...duration, doc: "the time between two pings of the gateway to each end", byDefault: "`30s`" },
  pong: { ...duration, doc: "how long an end may say nothing after a ping", byDefault: "`20s`" },
  drain: { ...duration, doc: "within what time connections are closed when the gateway leaves", byDefault: "`30s`" },
  origins: { form: "phrase", doc: "`any`: pages of any origin may connect", byDefault: "those that `cors` of the route names" },
  compression: {
    form: "constant",
    type: { kind: "bool" },
    doc: "whether the ends may agree on `permessage-deflate`",
    byDefault: "`false`",
  },
} as const satisfies SettingShapes;

type Values = SettingsRead<typeof WEBSOCKET_SETTINGS>["values"];

export const websocket: BackendKindConstruct = { written: ["backend NAME = websocket { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Backend | undefined {
  phrase.name("a kind");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const owner = { owner: "a `websocket` backend", head: name.span, statements: "backend" } as const;
  const { values } = readSettings(block, WEBSOCKET_SETTINGS, owner, context);
  return {
    kind: "websocket",
    name: name.name,
    ...readServers(values, block, WEBSOCKET_SETTINGS, context),
    rules: readRules(values, context),
    ...(values.origins !== undefined && isAny(values.origins, context) ? { anyOrigin: true } : {}),
    span: statement.span,
  };
}

const MIB = 1024 * 1024;
const sizes: Bounds = { what: "`max_message`", least: 1, most: 1024 * MIB, shown: ["`1B`", "`1GiB`"] };
const from = (least: number, shown: string): Omit<Bounds, "what"> => ({ least, most: 86_400_000, shown: [`\`${shown}\``, "`24h`"] });

function readRules(values: Values, context: CheckContext): WebsocketRules {
  const time = (name: "idle" | "max_life" | "ping" | "pong" | "drain", usual: number): number => {
    const bounds = name === "drain" ? from(0, "0s") : from(100, "100ms");
    return bounded(values[name], { ...bounds, what: `\`${name}\`` }, usual, context);
  };
  return {
    maxMessage: bounded(values.max_message, sizes, MIB, context),
    idle: time("idle", 600_000),
    maxLife: time("max_life", 7_200_000),
    ping: time("ping", 30_000),
    pong: time("pong", 20_000),
    drain: time("drain", 30_000),
    compression: values.compression?.value === true,
  };
}

function isAny(phrase: Phrase, context: CheckContext): boolean {
  const [word, ...more] = phrase.terms;
  if (word?.kind === "name" && word.name === "any" && more.length === 0) return true;
  context.report(finding(anyOriginForm, phrase.span, { written: context.written(phrase.span, 40) }));
  return false;
}
