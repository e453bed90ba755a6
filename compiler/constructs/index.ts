/** All words of the language. Whatever lists them (messages, manual, completion) lists them from here. */
import { ACCESS_CONSTRUCTS } from "./access/index.ts";
import type { Construct } from "./construct.ts";
import { CORE_CONSTRUCTS } from "./core/index.ts";
import { OBSERVE_CONSTRUCTS } from "./observe/index.ts";
import { RELEASE_CONSTRUCTS } from "./releases/index.ts";
import { SHAPING_CONSTRUCTS } from "./shaping/index.ts";
import { TRAFFIC_CONSTRUCTS } from "./traffic/index.ts";

export const CONSTRUCTS: readonly Construct[] = [
  ...CORE_CONSTRUCTS,
  ...ACCESS_CONSTRUCTS,
  ...SHAPING_CONSTRUCTS,
  ...RELEASE_CONSTRUCTS,
  ...TRAFFIC_CONSTRUCTS,
  ...OBSERVE_CONSTRUCTS,
];
