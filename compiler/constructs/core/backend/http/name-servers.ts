/** Names of servers: `service`, of which SRV records are asked, and `dns`, which says who is asked and how often. */
import type { Block, Phrase } from "../../../../../grammar/ast.ts";
import { finding } from "../../../../../grammar/source/diagnostic.ts";
import type { DnsRule } from "../../../../../runtime/contract/http-traffic.ts";
import type { CheckContext } from "../../../../check/context.ts";
import { checkExpression } from "../../../../check/expressions/check-expression.ts";
import type { Expr } from "../../../../model/expression.ts";
import { readSettings } from "../../../settings.ts";
import type { SettingShapes } from "../../../setting-shape.ts";
import { targetProblem } from "../target-url.ts";
import { bounded } from "./bounded.ts";
import { dnsForNobody, nameServer, serviceForm } from "./http.diagnostics.ts";
import { knownTexts } from "./targets.ts";

export const DNS_SETTINGS = {
  servers: { form: "phrase", doc: 'who is asked, as in `["127.0.0.1:8600"]`', byDefault: "the name servers of the system" },
  every: { form: "constant", type: { kind: "duration" }, doc: "how often", byDefault: "as the records say; of SRV records `10s`" },
} as const satisfies SettingShapes;

type Written = { readonly service: Expr | undefined; readonly dns: Block | undefined };
type Names = { readonly targets: readonly Expr[]; readonly servers: readonly Expr[]; readonly rule?: DnsRule };

export function readNames({ service, dns }: Written, targets: readonly Expr[], context: CheckContext): Names {
  const isService = service !== undefined;
  if (isService) reportService(service, targets, context);
  const values = dns && readSettings(dns, DNS_SETTINGS, { owner: "`dns`", head: dns.span }, context).values;
  if (dns !== undefined && !isService) reportNoName(dns, targets, context);
  const servers = values?.servers === undefined ? [] : readServers(values.servers, context);
  const every = values?.every && bounded(values.every, often, 10_000, context);
  const rule = isService || dns !== undefined ? { rule: { service: isService, ...(every === undefined ? {} : { every }) } } : {};
  return { targets: isService ? [service] : targets, servers, ...rule };
}

const often = { what: "`every`", least: 1_000, most: 3_600_000, shown: ["`1s`", "`1h`"] } as const;

function reportService(service: Expr, targets: readonly Expr[], context: CheckContext): void {
  const refuse = (why: string): void => context.report(finding(serviceForm, service.span, { why }));
  if (targets.length > 0) return refuse("there are `targets` as well");
  for (const { text } of knownTexts(service, context)) {
    const why = targetProblem(text) ?? whyNoName(text);
    if (why !== undefined) refuse(why);
  }
}

function whyNoName(url: string): string | undefined {
  const authority = /^https?:\/\/([^/]*)/.exec(url)?.[1] ?? "";
  if (authority.startsWith("[") || /^[0-9.]+(?::|$)/.test(authority)) return "an address has no records";
  return authority.includes(":") ? "its records say the port" : undefined;
}

function reportNoName(dns: Block, targets: readonly Expr[], context: CheckContext): void {
  const texts = targets.flatMap((target) => {
    const known = knownTexts(target, context);
    return known.length === 0 ? [undefined] : known.map(({ text }) => text);
  });
  if (texts.length > 0 && texts.every((text) => text !== undefined && whyNoName(text) === "an address has no records"))
    context.report(finding(dnsForNobody, dns.span, {}));
}

function readServers(phrase: Phrase, context: CheckContext): readonly Expr[] {
  const [list, ...more] = phrase.terms;
  if (list?.kind !== "list" || list.items.length === 0 || more.length > 0) {
    context.report(finding(nameServer, phrase.span, { written: context.written(phrase.span, 40) }));
    return [];
  }
  const place = context.place(phrase.span.file, { kind: "nothing", what: "a name server" });
  const servers = list.items.map((item) => checkExpression(item, place, context.report, { kind: "string" }));
  for (const server of servers) {
    for (const { text, span } of knownTexts(server, context)) {
      if (!isServer(text)) context.report(finding(nameServer, span, { written: text }));
    }
  }
  return servers;
}

function isServer(text: string): boolean {
  return /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?::[0-9]{1,5})?|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*|\[[0-9A-Fa-f:.]+\](?::[0-9]{1,5})?)$/.test(text);
}
