/** What is said of servers that speak HTTP, whatever kind of backend they are: where they are, how they are called, what of a request is the backend's. */
import type { Block } from "../../../../grammar/ast.ts";
import { finding } from "../../../../grammar/source/diagnostic.ts";
import type { HttpTraffic } from "../../../../runtime/contract/http-traffic.ts";
import type { Around, CheckContext } from "../../../check/context.ts";
import type { Expr } from "../../../model/expression.ts";
import type { Servers } from "../../../model/program.ts";
import { onlyOne } from "../../access/assemble-scope.ts";
import type { Piece } from "../../piece.ts";
import type { SettingShapes, SettingsRead } from "../../settings.ts";
import { readBalance } from "./http/balance.ts";
import { bounded, counts, times } from "./http/bounded.ts";
import { neverEjected, queueWithoutConnections } from "./http/http.diagnostics.ts";
import { readForward } from "./http/certificate.ts";
import { readHeaders } from "./http/headers.ts";
import { readNames } from "./http/name-servers.ts";
import { readRewrites } from "./http/rewrites.ts";
import { knownTexts, readTargets } from "./http/targets.ts";
import { readTimeouts } from "./http/timeouts.ts";
import { readTls } from "./http/tls.ts";

export const SERVER_SETTINGS = {
  targets: { form: "phrase", required: true, unless: "service", doc: 'where its servers are, as in `["http://10.0.1.10:8080"]`' },
  service: { form: "value", type: { kind: "url" }, doc: "a name of which SRV records say where its servers are" },
  timeout: {
    form: "constant",
    type: { kind: "duration" },
    doc: "how long to wait for the first byte of an answer, and for each next one",
    byDefault: "`30s`",
  },
  timeouts: { form: "block", doc: "the times of single phases: `connect`, `first_byte`, `idle`, `total`" },
  balance: {
    form: "phrase",
    doc: "how calls are shared out: `round_robin`, `least_requests`, `hash by EXPRESSION`",
    byDefault: "`round_robin`",
  },
  connections: {
    form: "constant",
    type: { kind: "int" },
    doc: "the most calls at once to one address",
    byDefault: "no bound but 10,000 in all",
  },
  queue: { form: "constant", type: { kind: "int" }, doc: "how many calls more may wait", byDefault: "`0`" },
  queue_time: { form: "constant", type: { kind: "duration" }, doc: "how long each of them may wait", byDefault: "`1s`" },
  headers: { form: "block", doc: "fields that are set on each request, each a text" },
  rewrite: { form: "block", doc: 'beginnings of paths that are replaced, as in `"/shop": "/"`' },
  client_certificate: {
    form: "phrase",
    doc: "`forward`: servers are told of the certificate that the caller showed",
    byDefault: "they are not",
  },
  tls: { form: "block", doc: "whom connections of `https` targets trust, and what they show" },
  dns: { form: "block", doc: "which name servers are asked for names, and how often" },
} as const satisfies SettingShapes;

export type ServerValues = SettingsRead<typeof SERVER_SETTINGS>["values"];

/** `known`: the settings of the kind, which statements are not. */
export function readServers(values: ServerValues, block: Block, known: SettingShapes, context: CheckContext): Servers {
  // Who listens knows blocks as they were written.
  context.listener?.statements(block, "backend", nothingAround);
  const pieces = context.statements(withoutSettings(block, known), "backend", nothingAround, "settings-read-elsewhere");
  const targets = values.targets === undefined ? [] : readTargets(values.targets, context);
  const names = readNames(values, targets, context);
  const balance = readBalance(values.balance, context);
  const tls = readTls(values.tls, names.targets, context);
  return {
    targets: names.targets,
    traffic: readTraffic(values, pieces, names, balance.balance, context),
    ...(balance.key === undefined ? {} : { key: balance.key }),
    ...readRequest(values, context),
    ...(names.servers.length === 0 ? {} : { nameServers: names.servers }),
    ...(tls === undefined ? {} : { tls }),
  };
}

/** What of a request to the servers is the backend's. */
function readRequest(
  { headers, rewrite, client_certificate: certificate }: ServerValues,
  context: CheckContext,
): Pick<Servers, "headers" | "rewrites" | "forwardsCertificate"> {
  return {
    ...(headers === undefined ? {} : { headers: readHeaders(headers, context) }),
    ...(rewrite === undefined ? {} : { rewrites: readRewrites(rewrite, context) }),
    ...(certificate !== undefined && readForward(certificate, context) ? { forwardsCertificate: true } : {}),
  };
}

/** Settings in braces look like statements, and are read already. */
function withoutSettings(block: Block, known: SettingShapes): Block {
  const entries = block.entries.filter((entry) => entry.kind !== "statement" || !Object.hasOwn(known, entry.word.name));
  return { ...block, entries };
}

/** A backend is declared, so nothing is around it. */
const nothingAround: Around = { reads: { kind: "nothing", what: "a backend" }, parameters: [], path: [] };

function readTraffic(
  values: ServerValues,
  pieces: readonly Piece[],
  { targets, rule: dns }: ReturnType<typeof readNames>,
  balance: HttpTraffic["balance"],
  context: CheckContext,
): HttpTraffic {
  const health = onlyOne(pieces, "health", "`health`", context)?.rule;
  const outliers = onlyOne(pieces, "outliers", "`outliers`", context);
  const retry = onlyOne(pieces, "retry", "`retry`", context)?.rule;
  const breaker = onlyOne(pieces, "breaker", "`breaker`", context)?.rule;
  if (outliers !== undefined) reportNeverEjected(outliers, targets, dns !== undefined, context);
  return {
    timeouts: readTimeouts(values, context),
    ...(balance === undefined ? {} : { balance }),
    ...readRoom(values, context),
    ...(dns === undefined ? {} : { dns }),
    ...(health === undefined ? {} : { health }),
    ...(outliers === undefined ? {} : { outliers: outliers.rule }),
    ...(retry === undefined ? {} : { retry }),
    ...(breaker === undefined ? {} : { breaker }),
  };
}

function readRoom(values: ServerValues, context: CheckContext): Pick<HttpTraffic, "connections" | "queue"> {
  const { connections, queue, queue_time } = values;
  if (connections === undefined) {
    const waiting = queue ?? queue_time;
    if (waiting !== undefined) context.report(finding(queueWithoutConnections, waiting.span, {}));
    return {};
  }
  const length = bounded(queue, counts("`queue`", 10_000, 0), 0, context);
  const time = bounded(queue_time, { ...times, what: "`queue_time`" }, 1_000, context);
  const most = bounded(connections, counts("`connections`", 10_000), 10_000, context);
  return { connections: most, ...(length === 0 ? {} : { queue: { length, time } }) };
}

/** Names may have many addresses; of addresses it is known how many there are. */
function reportNeverEjected(
  piece: Extract<Piece, { kind: "outliers" }>,
  targets: readonly Expr[],
  isService: boolean,
  context: CheckContext,
): void {
  const texts = targets.map((target) => knownTexts(target, context));
  const areAddresses = texts.every((known) => known.length > 0 && known.every(({ text }) => isAddress(text)));
  if (isService || targets.length === 0 || !areAddresses || targets.length * piece.rule.share >= 1) return;
  context.report(finding(neverEjected, piece.span, { count: targets.length, percent: piece.rule.share * 100 }));
}

function isAddress(url: string): boolean {
  return /^https?:\/\/(?:\[|[0-9.]+(?:[:/]|$))/.test(url);
}
