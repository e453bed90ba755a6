/** Answers that are kept, as the kernel knows them: a handler whose program has some brings what plans them. */
import type { Answer } from "../contract/gateway.ts";
import type { RouteData } from "../contract/table-data.ts";
import type { Call } from "./call.ts";
import type { Subject } from "./diagram.ts";

export type StartCaching = () => Caching;

/** The answer with what may be kept of it, or what it changes. `path`: that the backend is asked for. */
export type Caching = (answer: Answer, call: Call, path: string, route: CachingRoute) => Answer;
export type CachingRoute = { readonly data: RouteData; readonly code: { readonly cacheKey?: readonly Subject[] } };
