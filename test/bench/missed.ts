/** Why a goal was missed where somebody looked into it, by the beginning of its line. */
const reasons: readonly (readonly [what: string, why: string])[] = [
  [
    "route match",
    "Of the peers only memoirist is near. Both walk the path once and make one result with its parameters; ours also asks for the class of shape at each depth and tells an unknown method from an unknown path. With texts and tables in the cache ours costs about one and a half times memoirist's at 20 routes and the same at 10,000; on tables that are not in the cache, ours touches fewer lines of memory and wins.",
  ],
  [
    "IPv4 text to class",
    "Reading the characters of a string that was never read before is a third to a half of the whole, and no table makes that less; the search itself is two or three loads. A connection that stays does not read its address again (`peer-memory.ts`), which this line does not count.",
  ],
  ["IPv6 text to class", "As for IPv4: up to 39 characters are read, and then some ten steps of a search over 16 bytes each."],
  ["1,000,000 IPv4 prefixes", "Two thirds of it are reading the million texts."],
  [
    "policy decision, 1,000 rules spread, beside cedar-wasm",
    "Half of our cost is that the caller's five groups, in fresh strings, are hashed and looked up in a map: five bare `Map.get` were measured at that.",
  ],
  [
    "policy decision, 10,000 rules",
    "Five bare `Map.get` of fresh strings grow alike, seven times from 10 to 10,000 entries on a busy machine: memory that is not in the processor's cache, not more steps.",
  ],
  [
    "token not seen before",
    "Beside the signature: two JSON texts parsed strictly, base64url checked to the bit, claims checked by type. They are what the bare call leaves out.",
  ],
  [
    "whole decision",
    "Ours is an asynchronous call that reads and checks every header field, writes the request id and plans the whole call to the backend; the glued one reads one field and answers yes or no.",
  ],
  [
    "bundle: 10,000 routes",
    "10 MB are the ranges of addresses (5 bytes each), 4 MB the routes as JSON, which names every member of each route.",
  ],
  [
    "start to the first answer: 10,000 routes",
    "Compiling 1.7 MB of code (10,000 routes are 10,000 entries in a list), parsing 4.5 MB of JSON, checking all 16 MB of tables, SHA-256 included, before anything of them is used.",
  ],
];

export function whyMissed(what: string): string {
  return reasons.find(([start]) => what.startsWith(start))?.[1] ?? "Not looked into.";
}
