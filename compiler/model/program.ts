/**
 * A checked program: every name resolved, every expression typed, every literal a value, spans kept, the nesting of the
 * source kept. Inheritance, `use`, `apply` and `override` are *not* resolved here: what they mean is said twice, by the
 * reference interpreter and by lowering, which share no code.
 */
import type { Span } from "../../grammar/source/span.ts";
import type { AuthorizerSettings, LambdaEvent } from "./authorizer.ts";
import type { Backend, StaticResponse } from "./backends.ts";
import type { RouteCache } from "./cache.ts";
import type { Deprecation } from "./deprecation.ts";
import type { Door } from "./doors.ts";
import type { ShapedLevel } from "./every-answer.ts";
import type { Expr } from "./expression.ts";
import type { ApiName, PolicyFile } from "./iam.ts";
import type { Observe } from "./observe.ts";
import type { JwtAlgorithm } from "./jwt-algorithm.ts";
import type { Network } from "./network.ts";
import type { Plan } from "./plans.ts";
import type { SigV4Caller } from "./principals.ts";
import type { Store } from "./stores.ts";
import type { TestCase } from "./test-cases.ts";
import type { TrafficLimit } from "./traffic.ts";
import type { Composed } from "./composed.ts";
import type { Returned } from "./returned.ts";
import type { RequestChecks } from "./request-checks.ts";
import type { PathPart, Transform } from "./transforms.ts";
import type { Release } from "./release.ts";
import type { VersionChoice } from "./version-choice.ts";
import type { Type, Value } from "./types.ts";

export type Program = {
  readonly edition: 1;
  /** The main file first, then imports and lists, each once. `sha256` in lower-case hex of the bytes. */
  readonly inputs: readonly Input[];
  /** All stage names that the program uses, sorted; empty when it knows no stages. */
  readonly stages: readonly string[];
  readonly environment: readonly Env[];
  readonly secrets: readonly Secret[];
  readonly networks: readonly Network[];
  readonly identities: readonly Identity[];
  readonly backends: readonly Backend[];
  readonly tags: readonly TagDeclaration[];
  readonly policies: readonly Policy[];
  /** Absent: there are none. */
  readonly plans?: readonly Plan[];
  readonly stores?: readonly Store[];
  /** IAM documents, by the numbers that expressions give them. */
  readonly documents: readonly PolicyFile[];
  readonly entries: readonly Entry[];
  /** Absent: none. */
  readonly releases?: readonly Release[];
  /** Absent only in a file meant to be imported. */
  readonly gateway?: Gateway;
  /** Places of rules and of their uses, and of limits; `SiteId` is the index. */
  readonly sites: readonly Site[];
  readonly tests: readonly TestCase[];
};

export type Input = { readonly file: string; readonly kind: "source" | DataKind; readonly sha256: string };
/** What a file is that is not a source. */
export type DataKind = "list" | "jwks" | "policy" | "principals" | "certificates" | "metadata";

export type SiteId = number;
/** `label` is the statement as written, on one line, at most 120 characters. `because` if the statement has one. */
export type Site = {
  readonly kind: "rule" | "public" | "use" | "apply" | "override" | "limit";
  readonly span: Span;
  readonly label: string;
  readonly because?: string;
};

/** A scalar type. `value` may use constants and `stage {}`; without one the environment must bring it. */
export type Env = { readonly name: string; readonly type: Type; readonly value?: Expr; readonly doc?: string; readonly span: Span };
/** What the text of a secret is. `keyStore`: the keys of an `api_key` identity; `userStore`: the users of a `basic` one. */
export type SecretKind = "string" | "keyStore" | "userStore";
export type Secret = { readonly name: string; readonly kind: SecretKind; readonly span: Span };

/** Callers who can prove who they are. A kind has one file in each room: its construct, its meaning, its emission, its run time, its forgery for tests. */
export type Identity =
  | ApiKeyIdentity
  | BasicIdentity
  | HttpIdentity
  | IntrospectIdentity
  | LambdaIdentity
  | MtlsIdentity
  | SamlIdentity
  | SigV4Identity
  | TokenIdentity;
/** Callers who bring a token that an issuer signed. */
export type TokenIdentity = CognitoIdentity | JwtIdentity | OidcIdentity;
export type IdentityKind = Identity["kind"];
/** What all kinds have. */
type IdentityBase = {
  readonly name: string;
  /** Header fields (lower-case) that carry the credential in place of `authorization`. They may come once only (D20). */
  readonly headers: readonly string[];
  /** What a `test` calls the member that says who it is: `principal.id`. */
  readonly subject: string;
  /** What rules may read of the caller. */
  readonly claims: readonly Claim[];
  readonly span: Span;
};
/** Callers who bring a key that stands, as a digest, in a store of the environment. */
export type MtlsIdentity = IdentityBase & {
  readonly kind: "mtls";
  /** The entry at which the certificate is shown. */
  readonly entry: string;
  /** Which part of the certificate is `principal.id`, such as `subject.CN`. */
  readonly part: string;
};
export type ApiKeyIdentity = IdentityBase & {
  readonly kind: "api_key";
  /** Name of the secret with the store. */
  readonly store: string;
};
/** Callers who bring a name and a password; the password stands, as a slow hash, in a store of the environment. */
export type BasicIdentity = IdentityBase & {
  readonly kind: "basic";
  /** Name of the secret with the store. */
  readonly store: string;
};
type TokenBase = IdentityBase & {
  /** At least one of these must be in the token's `aud`. */
  readonly audience: readonly Expr[];
  /** One of these must be the `client_id` of a token that has no `aud`. Not empty where `audience` is. */
  readonly clients: readonly Expr[];
  /** Which of the tokens that issuers give are accepted: those that say who signed in, or those that open services; absent: either. */
  readonly sort?: "id" | "access";
  readonly algorithms: readonly JwtAlgorithm[];
  /** Clock skew granted to `exp`, `nbf` and `iat`, in milliseconds. */
  readonly leeway: number;
};
export type JwtIdentity = TokenBase & { readonly kind: "jwt"; readonly issuer: Expr; readonly keys: JwtKeys };
/** The issuer says where its keys are. */
export type OidcIdentity = TokenBase & { readonly kind: "oidc"; readonly issuer: Expr };
/** The issuer is the user pool of this id, `REGION_ID`. */
export type CognitoIdentity = TokenBase & { readonly kind: "cognito"; readonly pool: Expr; readonly sort: "id" | "access" };
/** Callers who sign their requests (AWS Signature Version 4) with access keys that the start brings. */
export type SigV4Identity = IdentityBase & {
  readonly kind: "sigv4";
  /** Callers of others are nobody; empty: those of all accounts are known. */
  readonly accounts: readonly Expr[];
  /** Of the scope of a signature. Not empty. */
  readonly regions: readonly Expr[];
  /** Whether a body may come that nobody signed, where the client says so. */
  readonly unsignedPayload: boolean;
  readonly callers: readonly SigV4Caller[];
  /** What the IAM policies of its callers come to, at the level of the gateway: what they deny, and that they allow. */
  readonly access: CallerAccess;
};
export type CallerAccess = { readonly denied: readonly Use[]; readonly required: readonly Use[] };
/** Asks a service who calls. */
export type HttpIdentity = IdentityBase & { readonly kind: "http"; readonly url: Expr; readonly settings: AuthorizerSettings };
/** Callers who bring an assertion that an identity provider signed (SAML 2.0). */
export type SamlIdentity = IdentityBase & {
  readonly kind: "saml";
  readonly issuer: Expr;
  /** Not empty. */
  readonly audience: readonly Expr[];
  /** Whom the assertion must be addressed to, where the program says so. */
  readonly recipient?: Expr;
  /** PEM; not empty. Any of them may have signed. */
  readonly certificates: readonly string[];
  readonly leeway: number;
};
/** Asks an authorization server what a token is good for. */
export type IntrospectIdentity = IdentityBase & {
  readonly kind: "introspect";
  readonly url: Expr;
  /** Who asks, and the name of the secret that proves it. */
  readonly client: Expr;
  readonly secret: string;
  /** What `iss` must be, and of what one must be in `aud`, where the program says so. */
  readonly issuer?: Expr;
  readonly audience: readonly Expr[];
  /** Milliseconds; 0: answers are not kept. */
  readonly cache: number;
  readonly timeout: number;
  readonly leeway: number;
};
/** Asks a Lambda function who calls. */
export type LambdaIdentity = IdentityBase & {
  readonly kind: "lambda";
  /** Its name or ARN. */
  readonly function: Expr;
  readonly event: LambdaEvent;
  /** It answers yes or no, without a policy. */
  readonly simple: boolean;
  readonly settings: AuthorizerSettings;
  /** Absent: of the function's ARN, else of the environment. */
  readonly region?: Expr;
  /** Of the Invoke API. Absent: the region's. */
  readonly endpoint?: Expr;
};
export type { JwtAlgorithm } from "./jwt-algorithm.ts";
export type JwtKeys =
  /** Public keys read at compile time: the JWK members as in the file (RFC 7517). */
  | { readonly kind: "static"; readonly keys: readonly Readonly<Record<string, Value>>[] }
  | { readonly kind: "url"; readonly url: Expr }
  /** HS algorithms only; the key is the secret's UTF-8 bytes. */
  | { readonly kind: "secret"; readonly secret: string };
/** `claim` is the member of the token, `name` what rules call it. An optional type: may be absent. */
export type Claim = {
  readonly claim: string;
  readonly name: string;
  readonly type: Type;
  /** Not the member itself: those of these scopes that the token grants, in this order. */
  readonly scopes?: readonly string[];
  readonly span: Span;
};

/** By name. */
export type Tags = Readonly<Record<string, TagValue>>;
/** Where the value depends on the stage: one for each. */
export type TagValue = string | Readonly<Record<string, string>>;
export type TagDeclaration = { readonly name: string; readonly values: readonly string[]; readonly span: Span };

export type Policy = {
  readonly name: string;
  readonly parameters: readonly { readonly name: string; readonly type: Type; readonly value?: Expr }[];
  /** Whether a deeper level may `override` what this policy denies or requires. */
  readonly overridable: boolean;
  readonly statements: readonly (Rule | Use)[];
  readonly doc?: string;
  readonly span: Span;
};

/** `when` is the constant true where the source has no condition. */
export type Rule = {
  readonly kind: "rule";
  readonly site: SiteId;
  readonly effect: "allow" | "deny" | "require";
  readonly when: Expr;
  readonly because?: string;
};
export type Public = { readonly kind: "public"; readonly site: SiteId; readonly because: string };
/** `arguments` has one expression for each parameter, defaults filled in. */
export type Use = { readonly kind: "use"; readonly site: SiteId; readonly policy: string; readonly arguments: readonly Expr[] };
/** As if each route below this level that `where` selects had a `use` at this level. `where` reads tags, route facts and `method` only. */
export type Apply = {
  readonly kind: "apply";
  readonly site: SiteId;
  readonly policy: string;
  readonly arguments: readonly Expr[];
  readonly where: Expr;
};
/** Lifts denies and requires that outer levels bring by `policy` (with these arguments, if given). */
export type Override = {
  readonly kind: "override";
  readonly site: SiteId;
  readonly policy: string;
  readonly arguments?: readonly Expr[];
  readonly because: string;
};
export type AccessStatement = Rule | Public | Use | Apply | Override;

/** Identities that a caller must prove together. Not empty; no caller of a level holds another one whole. */
export type AcceptedCaller = readonly string[];

/** What every level can say. */
export type Scope = ShapedLevel & {
  /** The callers that are let in; absent: as the level above says. */
  readonly accept?: readonly AcceptedCaller[];
  readonly tags: Tags;
  readonly access: readonly AccessStatement[];
  readonly transforms: readonly Transform[];
  /** Absent: as the level above says. */
  readonly deprecation?: Deprecation;
  /** Absent: it limits nothing. */
  readonly traffic?: readonly TrafficLimit[];
  readonly span: Span;
  readonly doc?: string;
};

export type { PathPart, Transform } from "./transforms.ts";
export type { Network } from "./network.ts";

export type {
  Backend,
  BackendKind,
  HttpBackend,
  LambdaBackend,
  RespondBackend,
  Servers,
  StaticResponse,
  WebsocketBackend,
} from "./backends.ts";
export type { Plan } from "./plans.ts";
export type { Store } from "./stores.ts";
export type { LimitKey, Measure, SharedLimit, TrafficLimit } from "./traffic.ts";
export type { Door, EndpointDoor, ListenerDoor } from "./doors.ts";

/** A door beside the gateway's own `listen`, and what passes by it (D170). A request comes by one door. */
export type Entry = {
  readonly name: string;
  readonly door: Door;
  /** Its policy: read like the rules of a level, and asked beside those of the route. No rule reads the body or parameters. */
  readonly access: readonly (Rule | Use)[];
  readonly span: Span;
  readonly doc?: string;
};
export type Gateway = Scope & {
  readonly level: "gateway";
  readonly name: string;
  /** Absent: it is reached by its entries only. */
  readonly listen?: Expr;
  /** That door speaks HTTP/2 as well, by prior knowledge. */
  readonly http2?: true;
  /** Accepted values of `Host` without port, lower-case; empty: any. */
  readonly hosts: readonly Expr[];
  /** Constant network expressions; a peer in one of them may say who called it. */
  readonly trustProxies: readonly Expr[];
  /** The same for peers that may say the id of a call, and its trace. */
  readonly trustRequestIds?: readonly Expr[];
  readonly trustTraces?: readonly Expr[];
  /** What IAM documents call the API; absent: `arn:aws:execute-api:local:000000000000:NAME`. */
  readonly arn?: ApiName;
  readonly limits: Limits;
  readonly paths: PathRules;
  /** Absent: nobody looks but at its log. */
  readonly observe?: Observe;
  /** Whether refusals may say `because`. */
  readonly explainRefusals: boolean;
  readonly children: readonly (Api | Group | Route)[];
};
export type Limits = {
  /** Bytes. */
  readonly body: number;
  readonly headers: number;
  readonly headerField: number;
  readonly target: number;
  readonly headerCount: number;
  readonly jsonDepth: number;
  readonly jsonKeys: number;
  /** Milliseconds. */
  readonly headerTimeout: number;
  readonly bodyTimeout: number;
  readonly idleTimeout: number;
};
export type PathRules = {
  readonly trailingSlash: "ignore" | "refuse";
  readonly dotSegments: "refuse" | "resolve";
  readonly emptySegments: "refuse" | "merge";
  readonly semicolons: "refuse" | "allow";
};
export type Api = Scope & {
  readonly level: "api";
  readonly name: string;
  readonly at: readonly Segment[];
  readonly version?: number;
  /** Absent: the path decides. */
  readonly choice?: VersionChoice;
  /** Reached by entries only. */
  readonly isPrivate?: true;
  readonly children: readonly (Group | Route)[];
};
export type Group = Scope & { readonly level: "group"; readonly at: readonly Segment[]; readonly children: readonly (Group | Route)[] };
export type Route = Scope & {
  readonly level: "route";
  /** `GET /orders/{id}`: method and whole path as written, and ` version N` where requests choose it. Unique in the program. */
  readonly key: string;
  readonly method: RouteMethod;
  /** Below the levels around it. */
  readonly at: readonly Segment[];
  readonly body?: Type;
  readonly validate?: RequestChecks;
  /** Absent: no answer is kept. */
  readonly cache?: RouteCache;
  /** Absent: the path as it came. */
  readonly rewrite?: readonly PathPart[];
  /** What the backend gets as body. Absent: what came. */
  readonly mapBody?: Expr;
  /** Absent: answers pass as they come. */
  readonly returned?: Returned;
  readonly target:
    | { readonly kind: "backend"; readonly backend: string }
    | { readonly kind: "respond"; readonly response: StaticResponse }
    | { readonly kind: "compose"; readonly composed: Composed };
};
export type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "ANY";
export type Segment =
  /** Canonical text of one segment (D20.9). Two that decode to one text are equal (D46): `:` and `%3A` both stay as written. */
  | { readonly kind: "literal"; readonly text: string }
  /** A `string` without constraints is a plain parameter. */
  | { readonly kind: "param"; readonly name: string; readonly type: Type }
  /** The last segment; zero or more segments, joined by `/`, without the leading one. */
  | { readonly kind: "rest"; readonly name: string };

export type { TestCase, TestExpectation, TestRequest } from "./test-cases.ts";
