/** `tls { ca: PATH, ... }` of a backend. Servers are always verified: there is no setting to leave that out. */
import type { Block } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import type { Expr } from "../../../../model/expression.ts";
import type { HttpBackend } from "../../../../model/program.ts";
import { readSettings } from "../../../settings.ts";
import type { SettingShapes } from "../../../setting-shape.ts";
import { tlsForNobody, tlsPair } from "./http.diagnostics.ts";
import { knownTexts } from "./targets.ts";

const path = { form: "value", type: { kind: "string" } } as const;
export const BACKEND_TLS_SETTINGS = {
  ca: { ...path, doc: "the path of a PEM file with the authorities that are trusted", byDefault: "those that Node trusts" },
  server_name: { ...path, doc: "the name that is asked for and must be proved", byDefault: "the name of the target" },
  certificate: { ...path, doc: "the path of a PEM file with the certificate that is shown" },
  key: { ...path, doc: "the path of a PEM file with its private key" },
} as const satisfies SettingShapes;

export function readTls(block: Block | undefined, targets: readonly Expr[], context: CheckContext): HttpBackend["tls"] {
  if (block === undefined) return undefined;
  const { values } = readSettings(block, BACKEND_TLS_SETTINGS, { owner: "`tls`", head: block.span }, context);
  const { ca, server_name: serverName, certificate, key } = values;
  const alone = certificate === undefined ? key : key === undefined ? certificate : undefined;
  if (alone !== undefined) {
    const [present, missing] = certificate === undefined ? ["key", "certificate"] : ["certificate", "key"];
    context.report(finding(tlsPair, alone.span, { present: present ?? "", missing: missing ?? "" }));
  }
  const texts = targets.map((target) => knownTexts(target, context));
  if (texts.length > 0 && texts.every((known) => known.length > 0 && known.every(({ text }) => text.startsWith("http://"))))
    context.report(finding(tlsForNobody, block.span, {}));
  return {
    ...(ca === undefined ? {} : { ca }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(certificate === undefined ? {} : { certificate }),
    ...(key === undefined ? {} : { key }),
  };
}
