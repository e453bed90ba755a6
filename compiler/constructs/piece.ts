/**
 * What one statement of a block means, before the block around puts its pieces together. Promises: a closed union, so
 * that a container which forgets a kind does not compile. Must not know who reads or assembles them.
 */
import type { CompressData } from "../../runtime/contract/table-data.ts";
import type { Span } from "../../grammar/source/span.ts";
import type { RouteCache } from "../model/cache.ts";
import type { Cors } from "../model/cors.ts";
import type { Deprecation } from "../model/deprecation.ts";
import type { BreakerRule, HealthRule, OutlierRule, RetryRule } from "../../runtime/contract/http-traffic.ts";
import type { Decompression, RefusalForm, SecurityHeaders } from "../model/every-answer.ts";
import type { ComposedPart } from "../model/composed.ts";
import type { Expr } from "../model/expression.ts";
import type { ReturnedType } from "../model/returned.ts";
import type { RequestChecks } from "../model/request-checks.ts";
import type { ApiName } from "../model/iam.ts";
import type { LogSettings, MetricsSettings, ObserveDoor, TracesSettings } from "../model/observe.ts";
import type { Release } from "../model/release.ts";
import type {
  AcceptedCaller,
  AccessStatement,
  Api,
  Entry,
  Gateway,
  Group,
  Limits,
  ListenerDoor,
  PathPart,
  PathRules,
  Program,
  Route,
  StaticResponse,
  TestCase,
  Tags,
  SharedLimit,
  TrafficLimit,
  Transform,
} from "../model/program.ts";

/** Where a statement may stand. */
export type Within = "file" | "backend" | "gateway" | "observe" | "entry" | "api" | "group" | "route" | "policy" | "plan";

export type Piece =
  | { readonly kind: "access"; readonly statement: AccessStatement; readonly span: Span }
  | { readonly kind: "accept"; readonly callers: readonly AcceptedCaller[]; readonly span: Span }
  | { readonly kind: "release"; readonly release: Release; readonly span: Span }
  | { readonly kind: "deprecated"; readonly deprecation: Deprecation; readonly span: Span }
  | { readonly kind: "cors"; readonly cors: Cors | "none"; readonly span: Span }
  | { readonly kind: "refusal"; readonly form: RefusalForm; readonly span: Span }
  | { readonly kind: "securityHeaders"; readonly headers: SecurityHeaders | "none"; readonly span: Span }
  | { readonly kind: "decompress"; readonly decompress: Decompression | "none"; readonly span: Span }
  | { readonly kind: "compress"; readonly compress: CompressData | "none"; readonly span: Span }
  | { readonly kind: "tags"; readonly values: Tags; readonly span: Span }
  | { readonly kind: "transform"; readonly transforms: readonly Transform[]; readonly span: Span }
  | { readonly kind: "validate"; readonly checks: RequestChecks; readonly span: Span }
  | { readonly kind: "mapBody"; readonly value: Expr; readonly span: Span }
  | { readonly kind: "mapAnswer"; readonly value: Expr; readonly span: Span }
  | { readonly kind: "compose"; readonly parts: readonly ComposedPart[]; readonly span: Span }
  | { readonly kind: "returns"; readonly returned: ReturnedType; readonly span: Span }
  | { readonly kind: "cache"; readonly cache: RouteCache; readonly span: Span }
  | { readonly kind: "rewrite"; readonly path: readonly PathPart[]; readonly span: Span }
  /** `written`: what makes a second one the same limit. Its name comes from where it stands. */
  | { readonly kind: "traffic"; readonly limit: NamelessLimit; readonly written: string; readonly span: Span }
  | { readonly kind: "respond"; readonly response: StaticResponse; readonly span: Span }
  | { readonly kind: "health"; readonly rule: HealthRule; readonly span: Span }
  | { readonly kind: "outliers"; readonly rule: OutlierRule; readonly span: Span }
  | { readonly kind: "retry"; readonly rule: RetryRule; readonly span: Span }
  | { readonly kind: "breaker"; readonly rule: BreakerRule; readonly span: Span }
  | { readonly kind: "listen"; readonly at: ListenerDoor["at"]; readonly http2: boolean | undefined; readonly span: Span }
  | { readonly kind: "tls"; readonly certificate: Expr; readonly key: Expr; readonly span: Span }
  | { readonly kind: "mtls"; readonly truststore: Expr; readonly depth: number; readonly span: Span }
  | { readonly kind: "proxyProtocol"; readonly balancers: Expr; readonly span: Span }
  | { readonly kind: "via"; readonly listener: string; readonly span: Span }
  | { readonly kind: "entry"; readonly entry: Entry; readonly span: Span }
  | { readonly kind: "trust"; readonly in: "proxies" | "request_ids" | "traces"; readonly networks: readonly Expr[]; readonly span: Span }
  | { readonly kind: "limits"; readonly limits: Partial<Limits>; readonly span: Span }
  | { readonly kind: "paths"; readonly paths: Partial<PathRules>; readonly span: Span }
  | { readonly kind: "arn"; readonly name: ApiName; readonly span: Span }
  | { readonly kind: "explainRefusals"; readonly span: Span }
  | { readonly kind: "observe"; readonly door: ObserveDoor; readonly span: Span }
  | { readonly kind: "log"; readonly log: LogSettings; readonly span: Span }
  | { readonly kind: "traces"; readonly traces: TracesSettings; readonly span: Span }
  | { readonly kind: "metrics"; readonly metrics: MetricsSettings; readonly span: Span }
  /** `children` are empty here: what stands at the top level of files is put below it at the end. */
  | { readonly kind: "gateway"; readonly gateway: Gateway; readonly span: Span }
  | { readonly kind: "child"; readonly child: Api | Group | Route; readonly span: Span }
  /** `cases` are asked for last: what they expect is looked up in all that the program says. */
  | { readonly kind: "test"; readonly cases: (program: Omit<Program, "tests">) => readonly TestCase[]; readonly span: Span };

/** A limit before it is known where it stands. */
export type NamelessLimit = Omit<TrafficLimit, "name" | "shared"> & { readonly shared?: Omit<SharedLimit, "id"> };

export type PieceOf<Kind extends Piece["kind"]> = Extract<Piece, { readonly kind: Kind }>;

/** The pieces of one kind. */
export function piecesOf<Kind extends Piece["kind"]>(pieces: readonly Piece[], kind: Kind): readonly PieceOf<Kind>[] {
  return pieces.filter((piece): piece is PieceOf<Kind> => piece.kind === kind);
}
