/** What only some gateways need. The servers of those hand it over, so that the others do not carry its code. */
import type { HostListener, HostSettings } from "../../contract/gateway.ts";
import type { HostStore, SharedCounts } from "../../contract/shared-counts.ts";
import type { World } from "../../contract/world.ts";
import type { deprecatedCalls } from "../../observe/deprecated-calls.ts";
import type { caching } from "./cache/caching.ts";
import type { KeptAnswers } from "./cache/kept-answers.ts";
import type { Host, HostCompose, Http2Doors, NodeCompress } from "./host.ts";
import type { BackendOpeners } from "./hosted-backend.ts";
import type { openLists } from "./lists/open-lists.ts";
import type { releaseWatch } from "./release-watch.ts";
import type { ReadWhole } from "./upstream/whole-answer.ts";
import type { OpenDoor } from "./listener.ts";
import type { Observing, ObservingAround, ObservingParts } from "./observe/observing.ts";

export type NodeParts = {
  /** Of `signed-xml.ts`: for SAML assertions. */
  readonly signedXml?: World["signedXml"];
  /** Of `aws-credentials.ts`: for calls to AWS. */
  readonly awsCredentials?: () => World["awsCredentials"];
  /** Of `listener.ts`: for entries that listen. */
  readonly openListener?: (host: Host, entry: HostListener, address: string | undefined) => Promise<OpenDoor>;
  /** Of `http2/`: for doors that speak HTTP/2. */
  readonly http2Doors?: Http2Doors;
  /** Of `compress.ts`: for answers that are compressed. */
  readonly compress?: NodeCompress;
  /** Of `decode.ts`: for bodies that may come compressed. */
  readonly decode?: NonNullable<World["decode"]>;
  /** Of `upstream/whole-answer.ts`: for answers that routes say the types of. */
  readonly readWhole?: ReadWhole;
  /** Of `compose/`: for answers that several backends give together. */
  readonly compose?: HostCompose;
  /** Of `cache/`: for answers that are kept. */
  readonly caching?: typeof caching;
  /** Of `deprecated-calls.ts`: for what is deprecated. */
  readonly deprecatedCalls?: typeof deprecatedCalls;
  /** Of `release-watch.ts`: for releases that end by themselves. */
  readonly releaseWatch?: typeof releaseWatch;
  /** Of `lists/`: for networks whose lists are read again. */
  readonly openLists?: typeof openLists;
  /** Of `stores/`: for limits that several gateways count together. */
  readonly redisStores?: (stores: readonly HostStore[]) => SharedCounts;
  /** Of `stores/`: for answers that several gateways keep together, by store. */
  readonly redisAnswers?: (stores: readonly HostStore[], gateway: string) => ReadonlyMap<string, KeptAnswers>;
  /** Kinds of backends. */
  readonly backends?: BackendOpeners;
  /** Of `observe/`: for gateways that say how they are observed. */
  readonly observing?: (settings: HostSettings, parts: ObservingParts, around: ObservingAround) => Observing;
  readonly prometheus?: ObservingParts["prometheus"];
  readonly otlp?: ObservingParts["otlp"];
};
