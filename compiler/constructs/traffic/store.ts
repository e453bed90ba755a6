/** `store NAME = redis { ... }`: where several gateways count together. Promises: it is one thing, a server, a cluster or what sentinels watch. */
import type { Block, Phrase } from "../../../grammar/ast.ts";
import { finding } from "../../../grammar/source/diagnostic.ts";
import type { Span } from "../../../grammar/source/span.ts";
import type { Declaration } from "../../bind/declaration.ts";
import type { CheckContext } from "../../check/context.ts";
import { checkExpression } from "../../check/expressions/check-expression.ts";
import type { Expr } from "../../model/expression.ts";
import type { Store } from "../../model/program.ts";
import type { DeclarationConstruct } from "../construct.ts";
import { readPhrase } from "../phrase-reader.ts";
import { readSettings, type SettingShapes } from "../settings.ts";
import { storeKind, storeLease, storeNodes, storePassword, storeTimeout, storeUrl } from "./store.diagnostics.ts";

export const store: DeclarationConstruct<"store"> = {
  kind: "declaration",
  words: ["store"],
  within: ["file"],
  summary: "where several gateways count together",
  written: ["store NAME = redis { ... }"],
  declares: "store",
  mean: readStore,
};

const TEXT = { kind: "string" } as const;
export const STORE_SETTINGS = {
  url: { form: "phrase", doc: 'where the server is, as in `"redis://10.0.1.5:6379"`' },
  cluster: { form: "phrase", doc: "some nodes of a cluster, as a list" },
  sentinels: { form: "phrase", doc: "the sentinels that know which server is the master, as a list" },
  master: { form: "value", type: TEXT, doc: "what the sentinels call it" },
  user: { form: "value", type: TEXT, doc: "who logs in", byDefault: "the server's own default" },
  password: { form: "phrase", doc: "the secret to log in with, by name", byDefault: "nobody logs in" },
  timeout: { form: "constant", type: { kind: "duration" }, doc: "how long to wait for an answer", byDefault: "`100ms`" },
  lease: {
    form: "constant",
    type: { kind: "duration" },
    doc: "how long a call under way still counts once its process is gone",
    byDefault: "`15s`, or three times `timeout`",
  },
} as const satisfies SettingShapes;

const DEFAULT_TIMEOUT = 100;
const DEFAULT_LEASE = 15_000;

function readStore({ statement, name }: Declaration, context: CheckContext): Store | undefined {
  const phrase = readPhrase(statement, store, context);
  phrase.name("a name");
  const kind = phrase.mark("=") ? phrase.name("a kind, such as `redis`,") : undefined;
  const block = phrase.block("its settings in braces");
  if (!phrase.end() || kind === undefined || block === undefined) return undefined;
  if (kind.name === "redis") return readRedis(name.name, block, name.span, context);
  context.report(finding(storeKind, kind.span, { kind: kind.name }));
  return undefined;
}

function readRedis(name: string, block: Block, head: Span, context: CheckContext): Store | undefined {
  const { values } = readSettings(block, STORE_SETTINGS, { owner: "a `redis` store", head }, context);
  const { url, cluster, sentinels, master, user, timeout, lease } = values;
  const ways = [url, cluster, sentinels].filter((way) => way !== undefined);
  const needsMaster = (sentinels !== undefined) === (master !== undefined);
  if (ways.length !== 1 || !needsMaster) {
    context.report(finding(storeNodes, head, {}));
    return undefined;
  }
  const wait = typeof timeout?.value === "number" ? timeout.value : DEFAULT_TIMEOUT;
  if (wait < 1 || wait > 10_000) context.report(finding(storeTimeout, timeout?.span ?? head, {}));
  const held = typeof lease?.value === "number" ? lease.value : Math.max(DEFAULT_LEASE, 3 * wait);
  if (lease !== undefined && (held < 1000 || held > 600_000 || held < 3 * wait)) context.report(finding(storeLease, lease.span, {}));
  const password = values.password === undefined ? undefined : readPassword(values.password, context);
  return {
    name,
    mode: sentinels !== undefined ? "sentinel" : cluster !== undefined ? "cluster" : "single",
    nodes: ways.flatMap((way) => readNodes(way, way !== url, context)),
    ...(master === undefined ? {} : { master }),
    ...(user === undefined ? {} : { user }),
    ...(password === undefined ? {} : { password }),
    timeout: wait,
    lease: held,
    span: head,
  };
}

function readNodes({ terms, span }: Phrase, isList: boolean, context: CheckContext): readonly Expr[] {
  const [first, ...more] = terms;
  const items = isList ? (first?.kind === "list" ? first.items : []) : first?.kind === "block" || first?.kind === "mark" ? [] : [first];
  const place = context.place(span.file, { kind: "nothing", what: "an address of a store" });
  const nodes = items.flatMap((item) => (item === undefined ? [] : [checkExpression(item, place, context.report, TEXT)]));
  if (nodes.length === 0 || more.length > 0) context.report(finding(storeUrl, span, { written: context.written(span, 40) }));
  for (const node of nodes)
    if (node.op === "const" && node.type.kind !== "poison" && !isStoreUrl(String(node.value)))
      context.report(finding(storeUrl, node.span, { written: String(node.value).slice(0, 40) }));
  return nodes;
}

function isStoreUrl(text: string): boolean {
  return /^rediss?:\/\/(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?$/.test(text);
}

function readPassword({ terms, span }: Phrase, context: CheckContext): string | undefined {
  const [node, ...more] = terms;
  const secret = node?.kind === "name" && more.length === 0 ? context.resolve("secret", node) : undefined;
  if (node?.kind !== "name" || more.length > 0 || (secret !== undefined && secret.kind !== "string"))
    context.report(finding(storePassword, span, {}));
  return secret?.name;
}
