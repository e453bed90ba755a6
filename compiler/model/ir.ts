/**
 * Waist two: what the gateway does, as data. JSON-serialisable, printed stably; rules keep their span.
 *
 * How a request is decided:
 * 1. `matching` finds the route.
 * 2. The client address has a *class*: the set of networks that hold it. (route, class) names a `Cell`.
 * 3. A cell holds, for each phase, what is left to ask. A residual is a node of one shared diagram; walking it *collects*
 *    rules: a leaf gives one, a union gives what its parts give; a rule that is met twice is collected once. So the
 *    size stays the sum of the rules' sizes, never a product, and equal parts exist once.
 */
import type { Release } from "./release.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { DecompressData } from "../../runtime/contract/decode.ts";
import type { CacheData } from "../../runtime/contract/cache.ts";
import type { PolicyDocument } from "../../runtime/contract/iam.ts";
import type { NetworkList } from "../../runtime/contract/network-lists.ts";
import type { EveryAnswerTable } from "../../runtime/contract/table-data.ts";
import type { VersionsData } from "../../runtime/contract/version-data.ts";
import type { Composed, ComposedPart } from "./composed.ts";
import type { Cors } from "./cors.ts";
import type { Expr } from "./expression.ts";
import type { Returned } from "./returned.ts";
import type { RequestChecks } from "./request-checks.ts";
import type { ApiName } from "./iam.ts";
import type {
  Backend,
  Door,
  Env,
  Identity,
  Input,
  Limits,
  PathPart,
  PathRules,
  Route,
  SiteId,
  StaticResponse,
  Tags,
  TrafficLimit,
} from "./program.ts";
import type { Observe } from "./observe.ts";
import type { Store } from "./stores.ts";
import type { Type } from "./types.ts";

export type Ir = {
  readonly name: string;
  readonly inputs: readonly Input[];
  readonly stages: readonly string[];
  readonly environment: readonly Env[];
  readonly secrets: readonly string[];
  readonly identities: readonly Identity[];
  readonly backends: readonly Backend[];
  readonly settings: GatewaySettings;
  readonly entries: readonly IrEntry[];
  readonly routes: readonly IrRoute[];
  /** Absent where no level says anything of the kind. */
  readonly everyAnswer?: EveryAnswerTable;
  /** Absent where no level says `cors`. `gateway`: which of `levels` counts before a route is known. */
  readonly cors?: { readonly levels: readonly Cors[]; readonly gateway?: number };
  readonly classes: AddressClasses;
  /** Lists that are read again while the gateway serves; their networks are among `classes.lone` where a rule asks. Absent: none. */
  readonly lists?: readonly NetworkList[];
  /** Where the decision table would have been too large. */
  readonly tableLimit?: TableLimit;
  readonly cells: readonly Cell[];
  /** Node 0 is empty: it collects nothing. A node's parts have smaller numbers. */
  readonly nodes: readonly Node[];
  readonly predicates: readonly Predicate[];
  readonly lookups: readonly Lookup[];
  readonly rules: readonly IrRule[];
  /** By the numbers of the program. Conditions that became questions of the diagram are left out. */
  readonly documents: readonly IrDocument[];
  /** Absent: nothing is limited. */
  readonly traffic?: readonly TrafficLimit[];
  readonly plans?: IrPlans;
  readonly releases?: readonly Release[];
  /** Absent: no request chooses a version. */
  readonly versions?: readonly VersionsData[];
  readonly stores?: readonly Store[];
};

export type IrDocument = { readonly document: PolicyDocument; readonly asksCaller: readonly boolean[] };

export type GatewaySettings = {
  readonly listen?: Expr;
  readonly http2?: true;
  readonly hosts: readonly Expr[];
  /** Class numbers whose addresses are trusted proxies. */
  readonly trustedClasses: readonly number[];
  readonly limits: Limits;
  readonly paths: PathRules;
  readonly explainRefusals: boolean;
  readonly arn?: ApiName;
  readonly observe?: Observe;
  /** Class numbers of peers that may say the id of a call, and its trace. */
  readonly requestIdClasses?: readonly number[];
  readonly traceClasses?: readonly number[];
};

export type IrEntry = {
  readonly name: string;
  readonly door: Door;
  /** Classes of peers that begin with a PROXY protocol header. */
  readonly balancerClasses: readonly number[];
  /** Whether an allow of it reads the principal, by its words (D50): who is not admitted yet may be once known. */
  readonly asksCaller: boolean;
};

export type IrRoute = {
  readonly key: string;
  readonly method: Route["method"];
  readonly path: readonly IrSegment[];
  readonly api?: string;
  readonly version?: number;
  /** Which of `Ir.versions` a request must choose `version` of. */
  readonly choice?: number;
  readonly span: Span;
  /** No identity is asked for. */
  readonly isPublic: boolean;
  /** The callers that are let in, each by indexes into `identities`; empty where nobody must authenticate. */
  readonly accept: readonly (readonly number[])[];
  /** Cell of each class; indexes into `cells`. */
  readonly cellOfClass: readonly number[];
  /** Whether only entries lead here. */
  readonly isPrivate: boolean;
  /** For each entry the cell of its policy for each class. Nothing in these reads the body. */
  readonly entryCells: readonly (readonly number[])[];
  readonly body?: Type;
  /** Where the typed body may come compressed. */
  readonly decompress?: DecompressData;
  /** Header and query names of which the route reads *the* value: repeated ones are refused. Sorted. */
  readonly singleHeaders: readonly string[];
  readonly singleQueries: readonly string[];
  /** All query names that the route reads, by `query` or `queries` (D44). Sorted. */
  readonly readQueries: readonly string[];
  readonly target:
    | { readonly kind: "backend"; readonly backend: number }
    | { readonly kind: "respond"; readonly response: StaticResponse }
    | { readonly kind: "compose"; readonly composed: Composed<IrPart> };
  /** What the backend shares its calls out by. */
  readonly backendKey?: Expr;
  readonly requestHeaders: readonly HeaderTransform[];
  readonly responseHeaders: readonly HeaderTransform[];
  /** `links`: values of `Link`, each a field beside those that the answer has. */
  readonly deprecated?: { readonly links: readonly string[] };
  /** Where IAM documents read tags of routes. */
  readonly tags?: Tags;
  readonly queryChanges?: readonly HeaderTransform[];
  readonly rewrite?: readonly PathPart[];
  readonly mapBody?: Expr;
  readonly returned?: Returned;
  readonly validate?: RequestChecks;
  /** How calls are divided between the route's backend and its next version, with what is known of the route filled in. */
  readonly release?: IrRouteRelease;
  /** `by`: what tells answers apart beside the request, with what is known of the route filled in. Absent: none are kept. */
  readonly cache?: { readonly data: CacheData; readonly by: readonly Expr[] };
  /** A call that changes something may change what another route keeps of the same backend. */
  readonly changesKept?: true;
  /** Which of `Ir.cors.levels` is in force. */
  readonly cors?: number;
  /** In the order of asking; absent: none. */
  readonly traffic?: readonly IrRouteLimit[];
  /** Of plans, with a condition that may hold here; absent: none. */
  readonly planLimits?: readonly IrPlanLimit[];
};
/** `query`: with what levels around set, sorted by name. `key`: what its backend shares its calls out by. */
export type IrPart = Omit<ComposedPart<number>, "query"> & { readonly query: readonly HeaderTransform[]; readonly key?: Expr };
/** `limit` of `Ir.traffic`. `by`: its key with what is known of the route filled in. */
export type IrRouteLimit = { readonly limit: number; readonly by?: Expr };
export type IrPlanLimit = { readonly limit: number; readonly where: Expr };
/** `claims`: by identity the claim that says which plan its caller has. Limits are of `Ir.traffic`, in the order of asking. */
export type IrPlans = {
  readonly claims: readonly (string | undefined)[];
  readonly plans: readonly { readonly name: string; readonly limits: readonly number[] }[];
};
/** `release` of `Ir.releases`. */
export type IrRouteRelease = { readonly release: number; readonly when: readonly Expr[]; readonly sticky?: Expr };
export type IrSegment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "param"; readonly name: string; readonly type: Type }
  | { readonly kind: "rest"; readonly name: string };
export type HeaderTransform = { readonly name: string; readonly value: Expr; readonly from?: string; readonly span: Span };

/**
 * The address space cut into ranges, each with its class. `starts` ascend and begin with the lowest address; a range goes
 * to the next start. IPv6 starts are 32 hex digits. Neighbours have different classes. The IPv4-mapped block of IPv6 is never looked up.
 */
export type AddressClasses = {
  readonly count: number;
  readonly ipv4: { readonly starts: readonly number[]; readonly classes: readonly number[] };
  readonly ipv6: { readonly starts: readonly string[]; readonly classes: readonly number[] };
  /** Networks in use by label, as the IR's expressions name them: a declared name, or the blocks of one without; the classes inside, ascending. */
  readonly networks: readonly { readonly label: string; readonly classes: readonly number[] }[];
  /** Networks that no class tells apart, by label: each is asked by itself. Left out where there are none. */
  readonly lone?: readonly LoneNetwork[];
};

/** Bounds ascend and take turns as in `AddressSet`; of IPv6 32 hex digits, and the end of the whole space has 33. */
export type LoneNetwork = { readonly label: string; readonly ipv4: readonly number[]; readonly ipv6: readonly string[] };

/** The table would have had `cells`, which is more than `most`; so `lone` of the `networks`, beside those that are read again, are asked by themselves. */
export type TableLimit = { readonly cells: number; readonly most: number; readonly lone: number; readonly networks: number };

/**
 * `denies` collect true denies and false requires; `allows` collect true allows. By what they read: nothing of principal or
 * body; the principal; the body. Behind denies that are certain to collect, a cell is empty. Where an allow reads the body,
 * `allows.body` is not 0 even if the allow cannot hold (it is a union without parts then): the body is read before a call
 * is denied by default.
 */
export type Cell = { readonly denies: PhaseNodes; readonly allows: PhaseNodes };
export type PhaseNodes = { readonly request: number; readonly principal: number; readonly body: number };

export type Node =
  | { readonly kind: "empty" }
  | { readonly kind: "rule"; readonly rule: number }
  | { readonly kind: "test"; readonly predicate: number; readonly then: number; readonly otherwise: number }
  /** Goes to the node of every value that the attribute has (one for a scalar, many for a set or list); none: nothing. */
  | { readonly kind: "lookup"; readonly lookup: number }
  | { readonly kind: "union"; readonly parts: readonly number[] };

/**
 * A Bool over the request that no table answers. Parameters of policies are replaced, what is known of the route is filled in, and
 * memberships in network expressions are told by `in` one network: a field that no identity brings is always absent.
 */
export type Predicate = { readonly expr: Expr };
/** `subject` is a String-like or Int-like scalar, or a Set or List of them. */
export type Lookup = {
  readonly subject: Expr;
  readonly isCollection: boolean;
  readonly entries: readonly (readonly [value: string | number, node: number])[];
};

/** `key`: site numbers from the outermost use to the rule, joined by `/`. */
export type IrRule = {
  readonly key: string;
  readonly sites: readonly SiteId[];
  readonly effect: "allow" | "deny" | "require";
  readonly because?: string;
  readonly span: Span;
  readonly label: string;
};
