/** `backend NAME = http { targets: [...] }`: servers that speak HTTP, and how they are called. */
import type { Declaration } from "../../../bind/declaration.ts";
import type { CheckContext } from "../../../check/context.ts";
import type { Backend } from "../../../model/program.ts";
import { LATER_BACKEND_WORDS } from "../../later.ts";
import type { PhraseReader } from "../../phrase-reader.ts";
import { readSettings, type SettingShapes, type SettingsRead } from "../../settings.ts";
import type { BackendKindConstruct } from "./backend-kind.ts";
import { readMirror } from "./http/mirror.ts";
import { readProtocol } from "./http/protocol.ts";
import { readServers, SERVER_SETTINGS } from "./servers.ts";

export const HTTP_SETTINGS = {
  ...SERVER_SETTINGS,
  protocol: { form: "phrase", doc: "`h2`: HTTP/2 by TLS; `h2c`: HTTP/2 in clear", byDefault: "HTTP/1.1" },
  mirror: { form: "block", doc: "servers that get a copy of a share of the calls: `share`, `targets`" },
} as const satisfies SettingShapes;

export type HttpValues = SettingsRead<typeof HTTP_SETTINGS>["values"];

export const http: BackendKindConstruct = { written: ["backend NAME = http { ... }"], read };

function read({ name, statement }: Declaration, phrase: PhraseReader, context: CheckContext): Backend | undefined {
  phrase.name("a kind");
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || block === undefined) return undefined;
  const owner = { owner: "an `http` backend", head: name.span, later: LATER_BACKEND_WORDS, statements: "backend" } as const;
  const { values } = readSettings(block, HTTP_SETTINGS, owner, context);
  const servers = readServers(values, block, HTTP_SETTINGS, context);
  const mirror = values.mirror && readMirror(values.mirror, context);
  return {
    kind: "http",
    name: name.name,
    ...servers,
    traffic: {
      ...servers.traffic,
      ...readProtocol(values.protocol, servers.targets, context),
      ...(mirror === undefined ? {} : { mirror: { share: mirror.share } }),
    },
    ...(mirror === undefined ? {} : { mirrors: mirror.targets }),
    span: statement.span,
  };
}
