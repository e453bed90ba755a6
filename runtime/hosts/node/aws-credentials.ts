/**
 * What calls to AWS are signed with, found where AWS puts it: the environment, the container's provider (ECS, EKS Pod Identity), the
 * instance's metadata service (version 2 only). Promises: temporary keys are renewed before they end, one call at a time, and where
 * nobody gives any, nobody is asked more than once in a few seconds.
 */
import { readFileSync } from "node:fs";
import type { AwsCredentials } from "../../contract/authorizer.ts";
import type { Question, World } from "../../contract/world.ts";
import { parseJson } from "../../kernel/strict-json.ts";
import { ask as askReally } from "./ask.ts";

export type Environment = Readonly<Record<string, string | undefined>>;
type Surroundings = { readonly ask: World["ask"]; readonly now: () => number };
/** `until`: milliseconds since 1970 UTC. */
type Lease = { readonly credentials: AwsCredentials; readonly until: number };

const betweenFailures = 5_000;
const renewal = 5 * 60_000;

/** The `awsCredentials` of a `World`. */
export function awsCredentials(
  environment: Environment,
  { ask, now }: Surroundings = { ask: askReally, now: Date.now },
): World["awsCredentials"] {
  const fixed = ofEnvironment(environment);
  if (fixed !== undefined) return () => Promise.resolve(fixed);
  let lease: Lease | undefined;
  let failed = -Infinity;
  let pending: Promise<void> | undefined;
  const renew = async (): Promise<void> => {
    const fresh = await leased(environment, ask).catch(() => undefined);
    if (fresh === undefined) failed = now();
    else lease = fresh;
    pending = undefined;
  };
  return async () => {
    const isFresh = lease !== undefined && now() < lease.until - renewal;
    if (!isFresh && now() - failed >= betweenFailures) pending ??= renew();
    if (!isFresh) await pending;
    return lease !== undefined && now() < lease.until ? lease.credentials : undefined;
  };
}

function ofEnvironment(environment: Environment): AwsCredentials | undefined {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId = "",
    AWS_SECRET_ACCESS_KEY: secretAccessKey = "",
    AWS_SESSION_TOKEN: sessionToken = "",
  } = environment;
  if (accessKeyId === "" || secretAccessKey === "") return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === "" ? {} : { sessionToken }) };
}

async function leased(environment: Environment, ask: World["ask"]): Promise<Lease | undefined> {
  const container = containerQuestion(environment);
  if (container !== undefined) return readLease(await textOf(ask, container));
  return environment["AWS_EC2_METADATA_DISABLED"] === "true" ? undefined : ofInstance(environment, ask);
}

const bounds = { timeout: 2_000, mostBytes: 64 * 1024 } as const;

function containerQuestion(environment: Environment): Question | undefined {
  const { AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: relative, AWS_CONTAINER_CREDENTIALS_FULL_URI: full } = environment;
  const url = relative !== undefined && relative !== "" ? `http://169.254.170.2${relative}` : full;
  if (url === undefined || url === "") return undefined;
  const file = environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"];
  const token = file === undefined ? environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] : readFileSync(file, "utf8").trim();
  return { method: "GET", url, headers: token === undefined ? [] : [["authorization", token]], ...bounds };
}

async function ofInstance(environment: Environment, ask: World["ask"]): Promise<Lease | undefined> {
  const base = environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] ?? "http://169.254.169.254";
  const life = [["x-aws-ec2-metadata-token-ttl-seconds", "300"]] as const;
  const token = await textOf(ask, { method: "PUT", url: `${base}/latest/api/token`, headers: life, ...bounds });
  if (token === undefined) return undefined;
  const headers = [["x-aws-ec2-metadata-token", token]] as const;
  const roles = `${base}/latest/meta-data/iam/security-credentials/`;
  const role = await textOf(ask, { method: "GET", url: roles, headers, ...bounds });
  if (role === undefined || !/^[\w+=,.@-]{1,64}$/.test(role)) return undefined;
  return readLease(await textOf(ask, { method: "GET", url: `${roles}${role}`, headers, ...bounds }));
}

async function textOf(ask: World["ask"], question: Question): Promise<string | undefined> {
  const reply = await ask(question);
  return reply.kind === "answer" && reply.status === 200 ? new TextDecoder().decode(reply.body) : undefined;
}

function readLease(text: string | undefined): Lease | undefined {
  const parsed = text === undefined ? undefined : parseJson(new TextEncoder().encode(text), { depth: 4, keys: 100 });
  if (parsed?.ok !== true || typeof parsed.value !== "object" || parsed.value === null) return undefined;
  const { AccessKeyId, SecretAccessKey, Token, Expiration } = parsed.value as Readonly<Record<string, unknown>>;
  if (typeof AccessKeyId !== "string" || typeof SecretAccessKey !== "string" || typeof Token !== "string") return undefined;
  const until = typeof Expiration === "string" ? Date.parse(Expiration) : Number.NaN;
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: Token };
  return Number.isNaN(until) ? undefined : { credentials, until };
}
