/**
 * What stands in the `data` section of the tables: every text of the program and all that is not numbers in rows. Emitted
 * code and other sections name entries by index. Objects here have fixed member names: a user's text is always a value.
 */
import type { CacheData } from "./cache.ts";
import type { Cause, ContentCoding, HeaderField } from "./gateway.ts";
import type { DecompressData } from "./decode.ts";
import type { HostFault } from "./host-fault.ts";
import type { PolicyDocument } from "./iam.ts";
import type { BackendData, ResponseData } from "./backend-data.ts";
import type { IdentityData } from "./identity-data.ts";
import type { NetworkList } from "./network-lists.ts";
import type { HostLog, HostMeasured, HostMetrics } from "./observe.ts";
import type { PathRules } from "./request-rules.ts";
import type { LimitData, PlansData, StoreData } from "./traffic-data.ts";
import type { NamesData } from "./trace.ts";
import type { ReleaseData } from "./release-data.ts";
import type { ValueType } from "./value-type.ts";
import type { VersionsData } from "./version-data.ts";

export type { BackendData, ResponseData } from "./backend-data.ts";

export type TableData = {
  readonly name: string;
  /** What code names by index: texts; patterns, always with the flag `u`; values that are no scalars. */
  readonly texts: readonly string[];
  readonly patterns: readonly string[];
  readonly values: readonly unknown[];
  readonly stages: readonly string[];
  readonly environment: readonly EnvironmentData[];
  readonly secrets: readonly string[];
  readonly limits: TableLimits;
  readonly paths: PathRules;
  readonly explainRefusals: boolean;
  readonly classCount: number;
  readonly trustedClasses: readonly number[];
  /** Networks that code asks about: the classes inside each. */
  readonly networks: readonly (readonly number[])[];
  readonly lists?: readonly ListData[];
  readonly identities: readonly IdentityData[];
  readonly backends: readonly BackendData[];
  /** Whether the gateway listens itself. */
  readonly hasOwnDoor: boolean;
  readonly hasOwnHttp2?: true;
  readonly entries: readonly EntryData[];
  readonly shapes: RouteShapes;
  /** Absent where no level says anything. */
  readonly cors?: CorsTable;
  readonly everyAnswer?: EveryAnswerTable;
  readonly observe?: ObserveData;
  /** Absent: ids are fresh, and nobody traces. */
  readonly names?: NamesData;
  readonly rules: readonly RuleData[];
  readonly releases?: readonly ReleaseData[];
  /** Absent: no request chooses a version. */
  readonly versions?: readonly VersionsData[];
  readonly documents: readonly DocumentData[];
  /** Absent: nothing is limited. */
  readonly traffic?: readonly LimitData[];
  readonly plans?: PlansData;
  readonly stores?: readonly StoreData[];
  readonly predicateCount: number;
  readonly subjectCount: number;
  /** Values that lookups know, each once. */
  readonly keys: readonly (string | number)[];
};

/** `lone`: which of the networks that are asked by themselves; absent where nothing asks. */
export type ListData = NetworkList & { readonly lone?: number };

/** `gateway`: which of `sets` counts before a route is known; `routes`: for each route. */
export type EveryAnswerTable = { readonly sets: readonly EveryAnswerData[]; readonly gateway: number; readonly routes: readonly number[] };
/** `always`: fields of every answer, names lower-case; `refusals`: how refusals look, the nearest level's first. */
export type EveryAnswerData = {
  readonly always: readonly HeaderField[];
  readonly refusals: readonly RefusalData[];
  readonly compress?: CompressData;
};
/** `codings`: the best first. `above`: bytes. `isPersonal`: also what is answered to somebody. */
export type CompressData = { readonly codings: readonly ContentCoding[]; readonly above: number; readonly isPersonal: boolean };
export type RefusalData = {
  /** A cause or a fault of the host, or many of them. */
  readonly kind: Cause | HostFault | "client-errors" | "server-errors" | "any";
  readonly status?: number;
  readonly headers: readonly HeaderField[];
  readonly body?: { readonly type: string; readonly text: string };
};

/** `gateway`: which of `levels` counts before a route is known. Origins are in code. */
export type CorsTable = { readonly levels: readonly CorsData[]; readonly gateway?: number };
/** `isAny`: every origin. Names of fields are lower-case; `maxAge` in seconds. */
export type CorsData = {
  readonly isAny: boolean;
  readonly methods?: readonly string[];
  readonly headers?: "any" | readonly string[];
  readonly expose: readonly string[];
  readonly credentials: boolean;
  readonly maxAge?: number;
  readonly privateNetwork: boolean;
};

/** A door. `balancerClasses`: of peers that begin with a PROXY protocol header. Late values are in code: port or path, files, ids. */
export type EntryData = {
  readonly name: string;
  /** Whether an allow of its policy reads the principal. */
  readonly asksCaller: boolean;
  readonly door:
    | {
        readonly kind: "listener";
        readonly at: "port" | "socket";
        readonly hasTls: boolean;
        readonly mtlsDepth?: number;
        readonly hasHttp2?: true;
        readonly balancerClasses?: readonly number[];
      }
    | { readonly kind: "endpoint"; readonly via?: string };
};

/** Where it is observed and what its figures may name. Late values are in code: port or path, address, collectors. */
export type ObserveData = Pick<HostMeasured, "routes" | "callers" | "limits"> & {
  readonly door?: "port" | "socket";
  readonly log?: HostLog;
  readonly metrics?: Pick<HostMetrics, "buckets"> & { readonly every?: number };
};

/** Bytes and milliseconds. */
export type TableLimits = {
  readonly body: number;
  readonly headers: number;
  readonly headerField: number;
  readonly target: number;
  readonly headerCount: number;
  readonly jsonDepth: number;
  readonly jsonKeys: number;
  readonly headerTimeout: number;
  readonly bodyTimeout: number;
  readonly idleTimeout: number;
};

/** `required`: the program gives no value. */
export type EnvironmentData = { readonly name: string; readonly type: ValueType; readonly required: boolean };
/** `asksCaller`: by statement, whether it is asked once the caller is known. */
export type DocumentData = { readonly document: PolicyDocument; readonly asksCaller: readonly boolean[] };
export type RuleData = { readonly key: string; readonly because?: string };

export type RouteMethod = "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS" | "ANY";
/** Of the tree of routes: how many sets of candidates it has, and the most parameters of a route. */
export type RouteShapes = { readonly sets: number; readonly mostParameters: number };
export type RouteData = {
  /** `METHOD PATH` */
  readonly key: string;
  /** Which of the routes of code. */
  readonly code: number;
  readonly method: RouteMethod;
  readonly path: readonly SegmentData[];
  readonly isPublic: boolean;
  /** The callers that are let in, each by indexes into `identities`. */
  readonly accept: readonly (readonly number[])[];
  /** Which of `rows`; and for each entry the row of its policy. */
  readonly row: number;
  readonly entryRows: readonly number[];
  readonly isPrivate: boolean;
  readonly body?: ValueType;
  readonly decompress?: DecompressData;
  readonly singleHeaders: readonly string[];
  readonly singleQueries: readonly string[];
  /** All query names that are read, one value or all of them. */
  readonly readQueries: readonly string[];
  readonly target:
    | { readonly kind: "backend"; readonly backend: number }
    | { readonly kind: "respond"; readonly response: ResponseData }
    /** In the order of the parts; code has the rest. */
    | { readonly kind: "compose"; readonly backends: readonly number[] };
  /** Names of the headers that code gives values for, in its order. */
  readonly requestHeaders: readonly string[];
  readonly responseHeaders: readonly string[];
  /** `links`: values of `Link`, each a field beside those that the answer has. */
  readonly deprecated?: { readonly links: readonly string[] };
  /** On answers: names that get the values of other fields. */
  readonly movedHeaders?: readonly (readonly [to: string, from: string])[];
  /** Which of `releases` divides its calls. */
  readonly release?: number;
  /** Which of `versions` must be asked for this version. */
  readonly choice?: readonly [versions: number, version: number];
  /** Only where IAM documents read them. */
  readonly tags?: readonly TagData[];
  /** Which of `cors.levels`. */
  readonly cors?: number;
  /** Which of `TableData.traffic`, in the order of asking; code has the keys. Absent: none. */
  readonly traffic?: readonly number[];
  /** Whether answers are kept; code has what they are told apart by. */
  readonly cache?: CacheData;
  /** A call that changes something may change answers that are kept. */
  readonly changesKept?: true;
  /** Of plans, those that may hold here only where they are said to; code asks whether they do. Absent: none. */
  readonly planLimits?: readonly number[];
};
/** One value, or one for each stage in the order of `stages`. */
export type TagData = { readonly name: string; readonly value: string | readonly string[] };

/** Members that are left out in the file where they are so: lists that are empty, and what is false. */
export const usuallyEmpty = [
  "singleHeaders",
  "singleQueries",
  "readQueries",
  "requestHeaders",
  "responseHeaders",
  "accept",
  "entryRows",
] as const;
export const usuallyFalse = ["isPublic", "isPrivate"] as const;
type Usual = (typeof usuallyEmpty)[number] | (typeof usuallyFalse)[number];
/** As it stands in the file: a literal segment is its text, a parameter its name and how it reads, a rest its name; a backend its number. */
export type WrittenRoute = Omit<RouteData, Usual | "path" | "target" | "method"> &
  Partial<Pick<RouteData, Usual>> & {
    readonly path: readonly WrittenSegment[];
    readonly target: number | Extract<RouteData["target"], { readonly kind: "respond" | "compose" }>;
  };
export type WrittenSegment = string | readonly [name: string] | readonly [name: string, reads: "plain" | "typed" | "int"];

export type SegmentData =
  /** Decoded. */
  | { readonly kind: "literal"; readonly text: string }
  /** `plain` is any text; code reads the others, and may say that they do not fit. Of an `int` the outcome shows the number. */
  | { readonly kind: "param"; readonly name: string; readonly reads: "plain" | "typed" | "int" }
  | { readonly kind: "rest"; readonly name: string };
