/**
 * The start: stage, environment and secrets become values, and what the gateway needs of them is checked (D12 to D15, D40). Promises: all
 * problems at once, and no gateway where there is one.
 */
import { hostReleases } from "./releases.ts";
import type { HostSettings } from "../../runtime/contract/gateway.ts";
import type { Configuration } from "../../runtime/contract/world.ts";
import type { Expr } from "../model/expression.ts";
import type { Gateway, Program } from "../model/program.ts";
import type { Value } from "../model/types.ts";
import { bindBackend } from "./bind-backend.ts";
import { bindIdentity } from "./bind-identity.ts";
import type { BoundProgram } from "./bound-program.ts";
import { bindEntries, portAt } from "./entry.ts";
import { evaluate } from "./evaluate.ts";
import { lowerAscii } from "./fields.ts";
import { parseHost } from "./host.ts";
import { type AddressTest, networkOf } from "./membership.ts";
import { builtNetworks, hostLists } from "./networks.ts";
import { placedRoutes } from "./placed-route.ts";
import type { Bound } from "./scene.ts";
import { badOrigins, inForce } from "./shaping/cors.ts";
import { readText } from "./text-values.ts";
import { bindStores } from "./stores.ts";
import { isText } from "./values.ts";

export type Binding = { readonly program: BoundProgram } | { readonly problems: readonly string[] };
type Report = (problem: string) => void;

export function bindProgram(program: Program, configuration: Configuration): Binding {
  const { gateway } = program;
  if (gateway === undefined) return { problems: ["the program declares no `gateway`"] };
  const problems: string[] = [];
  const report: Report = (problem) => void problems.push(problem);
  const stage = readStage(program, configuration, report);
  const unbound: Bound = {
    stage,
    variables: {},
    networks: builtNetworks(program),
    documents: program.documents,
    ...knownToIam(program),
    api: "",
  };
  const variables = readEnvironment(program, configuration, unbound, report);
  const secrets = readSecrets(program, configuration, report);
  if (problems.length > 0) return { problems };

  const named = { ...unbound, variables };
  const bound = { ...named, api: apiName(gateway, named) };
  const text = (expr: Expr): string => textAt(expr, bound);
  const { documents } = program;
  // Nothing else is asked about the name of the API: a document that names it would mean another one.
  if (documents.length > 0 && !isApiName(bound.api)) report("`arn` has a part that is none");
  const binder = { text, secrets, documents, report, variables: configuration.variables, stage, gateway: gateway.name };
  const identities = program.identities.map((identity) => bindIdentity(identity, binder));
  const settings = hostSettings(gateway, bound, report);
  const backends = program.backends.map((backend) => bindBackend(backend, { ...binder, api: bound.api, identities: program.identities }));
  const stores = bindStores(program, binder);
  const hosts = gateway.hosts.map((host) => readHost(host, bound, report));
  const entries = bindEntries(program, bound, report);
  const routes = placedRoutes(gateway);
  const cors = new Set([[gateway], ...routes.map(({ levels }) => levels)].flatMap((levels) => inForce(levels) ?? []));
  for (const one of cors) for (const text of badOrigins(one, bound)) report(`\`${text}\` is no origin`);
  if (problems.length > 0) return { problems };

  const identityHeaders = program.identities.flatMap(({ headers }) => headers);
  const inside = (networks: readonly Expr[] | undefined): AddressTest => insideAny(networks, bound);
  return {
    program: {
      program,
      gateway,
      bound,
      requestRules: { limits: gateway.limits, paths: gateway.paths, hosts, identityHeaders, upgrades: mayUpgrade(program) },
      isTrusted: inside(gateway.trustProxies),
      saysIds: inside(gateway.trustRequestIds),
      saysTraces: inside(gateway.trustTraces),
      identities,
      entries,
      routes,
      backends,
      ledger: { instants: [], accounts: [] },
      settings: {
        ...settings,
        entries: entries.map(({ host }) => host),
        backends: backends.flatMap(({ host }) => host ?? []),
        ...hostReleases(program),
        ...hostLists(program),
        ...(stores && { stores }),
      },
    },
  };
}

function mayUpgrade({ backends }: Program): boolean {
  return backends.some(({ kind }) => kind === "websocket");
}

function insideAny(networks: readonly Expr[] = [], bound: Bound): AddressTest {
  const tests = networks.map((network) => networkOf(evaluate(network, bound, undefined)));
  return (address) => tests.some((holds) => holds(address));
}

function readStage({ stages }: Program, { stage }: Configuration, report: Report): string | undefined {
  if (stages.length === 0) return undefined;
  const isKnown = stage !== undefined && stages.includes(stage);
  if (!isKnown) report(`\`STAGE\` must be one of ${stages.map((name) => `\`${name}\``).join(", ")}`);
  return isKnown ? stage : undefined;
}

/** What is set wins, and must fit; only where nothing is set the source's value counts, which can be missing where the stage is. */
function readEnvironment(program: Program, configuration: Configuration, bound: Bound, report: Report): Readonly<Record<string, Value>> {
  const variables: Record<string, Value> = {};
  for (const { name, type, value } of program.environment) {
    const text = configuration.variables[name];
    const read = text === undefined ? value && evaluate(value, bound, undefined) : readText(type, text);
    if (read !== undefined && typeof read !== "function") variables[name] = read;
    else if (text !== undefined || value === undefined)
      report(text === undefined ? `\`${name}\` is not set` : `\`${name}\` is not a value of its type`);
  }
  return variables;
}

function readSecrets(program: Program, configuration: Configuration, report: Report): Readonly<Record<string, string>> {
  const secrets: Record<string, string> = {};
  for (const { name } of program.secrets) {
    const text = configuration.variables[name] ?? "";
    if (text === "") report(`the secret \`${name}\` is not set`);
    secrets[name] = text;
  }
  return secrets;
}

function hostSettings(gateway: Gateway, bound: Bound, report: Report): Omit<HostSettings, "entries" | "backends"> {
  const own = gateway.listen && { port: portAt(gateway.listen, bound, report) };
  const { body, headers, headerTimeout, bodyTimeout, idleTimeout } = gateway.limits;
  const limits = { body, headers, headerTimeout, bodyTimeout, idleTimeout };
  return { name: gateway.name, ...own, limits };
}

/** Who signs is known by name; an authorizer answers for its callers with a policy. */
function knownToIam({ identities }: Program): Pick<Bound, "signers" | "authorizers"> {
  const named = (wanted: string): readonly string[] =>
    identities.filter(({ kind }: { readonly kind: string }) => kind === wanted).map(({ name }) => name);
  return { signers: named("sigv4"), authorizers: named("lambda") };
}

function apiName({ arn, name }: Gateway, bound: Bound): string {
  if (arn === undefined) return `arn:aws:execute-api:local:000000000000:${name}`;
  const [partition, region, account, api] = [arn.partition, arn.region, arn.account, arn.api].map((part) => textAt(part, bound));
  return `arn:${partition}:execute-api:${region}:${account}:${api}`;
}

function isApiName(arn: string): boolean {
  return /^arn:aws(?:-[a-z]+)*:execute-api:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_-]+$/.test(arn);
}

function readHost(host: Expr, bound: Bound, report: Report): string {
  const name = lowerAscii(textAt(host, bound));
  if (parseHost(name)?.name !== name) report(`\`${name}\` is not a host name`);
  return name;
}

function textAt(expr: Expr, bound: Bound): string {
  const value = evaluate(expr, bound, undefined);
  return isText(value) ? value : "";
}
