/** An outcome as a few lines that people read: the decision, who made it and where, and what goes out. */
import type { Sources } from "../../compiler/diagnostics/sources.ts";
import type { Program } from "../../compiler/model/program.ts";
import { positionAt } from "../../grammar/source/span.ts";
import type { Answer, AnswerChanges, CompressPlan, HeaderField, Outcome, Principal } from "../../runtime/contract/gateway.ts";
import type { Cached } from "../../runtime/contract/cache.ts";

/** On answers: what every refusal says is left out. */
const USUAL: ReadonlySet<string> = new Set(["cache-control", "x-request-id"]);

export function outcomeText(outcome: Outcome, program: Program, sources: Sources): string {
  const { decision, answer, client } = outcome;
  const by = decision.rules.map((rule) => ` by ${rulePlace(rule, program, sources)}`).join(" and");
  const parameters = Object.entries(decision.parameters).map(([name, value]) => `, ${name} = ${JSON.stringify(value)}`);
  const lines = [
    `${decision.effect}${decision.cause === "rule" ? by : ` (${decision.cause})`}`,
    `client ${client}${decision.route === undefined ? "" : `, route ${decision.route}${parameters.join("")}`}`,
    ...(decision.principal === undefined ? [] : [`caller ${callerText(decision.principal)}`]),
    ...(problemLines(outcome) ?? answerLines(answer)),
  ];
  return lines.map((line, at) => `${at === 0 ? "" : "  "}${line}\n`).join("");
}

/** `policies.gwl:3 from gateway.gwl:9`: the rule, and what brought it. */
function rulePlace(rule: string, program: Program, sources: Sources): string {
  return rule
    .split("/")
    .map((site) => sitePlace(Number(site), program, sources))
    .reverse()
    .join(" from ");
}

function sitePlace(at: number, program: Program, sources: Sources): string {
  const site = program.sites[at];
  const source = site && sources.get(site.span.file);
  if (site === undefined || source === undefined) return `site ${at}`;
  return `${site.span.file}:${positionAt(source, site.span.start).line} \`${site.label}\``;
}

/** A refusal in the one form that all have (D23): what its cause says already is left out. */
function problemLines({ decision, answer }: Outcome): readonly string[] | undefined {
  if (answer.kind !== "local" || !answer.headers.some(([, value]) => value === "application/problem+json")) return undefined;
  const { type, title, status, ...more } = JSON.parse(answer.body) as Readonly<Record<string, unknown>>;
  if (type !== `urn:gwl:refusal:${decision.cause}` || status !== answer.status) return undefined;
  const shown = answer.headers.filter(([name]) => !USUAL.has(name) && name !== "content-type");
  return [
    `refuse ${answer.status} ${String(title)}`,
    ...shown.map(fieldLine),
    ...Object.entries(more).map(([name, value]) => `  ${name} ${JSON.stringify(value)}`),
  ];
}

function answerLines(answer: Answer): readonly string[] {
  if (answer.kind === "local") {
    const shown = answer.headers.filter(([name]) => !USUAL.has(name));
    return [
      `answer ${answer.status}`,
      ...shown.map(fieldLine),
      ...codingLines(answer),
      ...(answer.body === "" ? [] : [`  ${answer.body}`]),
    ];
  }
  if (answer.kind === "invoke") return invokeLines(answer);
  if (answer.kind === "websocket") return websocketLines(answer);
  if (answer.kind === "compose") return composeLines(answer);
  const body = typeof answer.body === "string" ? answer.body : new TextDecoder().decode(answer.body);
  return [
    `forward ${answer.method} ${answer.target} to ${answer.backend}, body ${body}${answer.key === undefined ? "" : `, by ${JSON.stringify(answer.key)}`}`,
    ...answer.headers.map(fieldLine),
    ...setLines(answer),
    ...codingLines(answer),
    ...addedLines(answer),
    ...cacheLines(answer),
  ];
}

function codingLines({ compress }: { readonly compress?: CompressPlan }): readonly string[] {
  return compress === undefined ? [] : [`  compressed by ${compress.coding} from ${compress.above} bytes on`];
}

function setLines({ responseHeaders, movedHeaders = [] }: AnswerChanges): readonly string[] {
  return [
    ...responseHeaders
      .filter(([name]) => !USUAL.has(name))
      .map(([name, values]) => `  on the answer ${name}: ${values.length === 0 ? "none" : values.join(", ")}`),
    ...movedHeaders.map(([to, from]) => `  on the answer ${to}: what was ${from}`),
  ];
}

function addedLines({ addedHeaders = [] }: AnswerChanges): readonly string[] {
  return addedHeaders.map(([name, value]) => `  on the answer also ${name}: ${value}`);
}

function composeLines({ parts, compress, ...answer }: Extract<Answer, { kind: "compose" }>): readonly string[] {
  const most = (part: (typeof parts)[number]): string => `${part.mostBytes(200)} bytes${part.isOptional ? ", optional" : ""}`;
  return [
    `compose, answered to ${answer.method}`,
    ...parts.flatMap((part) => [
      `  ${part.name}: up to ${most(part)}`,
      ...answerLines({ ...part.ask, responseHeaders: [] }).map((line) => `    ${line}`),
    ]),
    ...setLines(answer),
    ...(compress === undefined ? [] : [`  compressed by ${compress.coding} from ${compress.above} bytes on`]),
    ...addedLines(answer),
  ];
}

function websocketLines(answer: Extract<Answer, { kind: "websocket" }>): readonly string[] {
  const { backend, target, key, headers, nonce, extensions } = answer;
  return [
    `upgrade ${target} to ${backend}, key ${nonce}${extensions === undefined ? "" : `, offers ${extensions}`}${key === undefined ? "" : `, by ${JSON.stringify(key)}`}`,
    ...headers.map(fieldLine),
    ...setLines(answer),
    ...addedLines(answer),
  ];
}

/** Times in seconds. */
function cacheLines({ cache, changes }: Cached): readonly string[] {
  if (changes !== undefined) return [`  changes what is kept of ${changes}`];
  if (cache === undefined) return [];
  const { key, place, time, staleWhileRevalidate, staleIfError, mostBytes, isPersonal, needsConsent, refreshes, keepsNothing, store } =
    cache;
  const facts = [
    `kept ${time / 1000} s`,
    ...(staleWhileRevalidate > 0 ? [`${staleWhileRevalidate / 1000} s more while it is asked for anew`] : []),
    ...(staleIfError > 0 ? [`${staleIfError / 1000} s more where that fails`] : []),
    `up to ${mostBytes} bytes`,
    ...(store === undefined ? [] : [`in ${store}`]),
    isPersonal ? "for one caller" : needsConsent ? "if it says that it may be shared" : "for many",
    ...(refreshes ? ["asked for anew"] : []),
    ...(keepsNothing ? ["not kept this time"] : []),
  ];
  return [`  ${facts.join(", ")}`, `    of ${place} under ${key}`];
}

function invokeLines({
  backend,
  event,
  isText,
  body,
  responseHeaders,
  addedHeaders = [],
  ...further
}: Extract<Answer, { kind: "invoke" }>): readonly string[] {
  const shown = typeof body === "string" ? body : new TextDecoder().decode(body);
  return [
    `invoke ${backend}, body ${shown}${isText ? " as text" : ""}`,
    ...JSON.stringify(event, undefined, 1)
      .split("\n")
      .map((line) => `  ${line}`),
    ...responseHeaders.filter(([name]) => !USUAL.has(name)).map(([name, values]) => `  on the answer ${name}: ${values.join(", ")}`),
    ...addedHeaders.map(([name, value]) => `  on the answer also ${name}: ${value}`),
    ...codingLines(further),
    ...cacheLines(further),
  ];
}

/** Tokens are long, and the same for the same caller. */
function fieldLine([name, value]: HeaderField): string {
  return `  ${name}: ${value.replace(/\bey[\w-]+\.[\w-]+\.[\w-]+/, "TOKEN")}`;
}

function callerText({ identity, id, and = [] }: Principal): string {
  return [`${identity} ${JSON.stringify(id)}`, ...and.map(callerText)].join(" and ");
}
