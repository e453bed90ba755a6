/** Why a goal was missed where somebody looked into it, by the beginning of its line: from profiles and counts, beside which the page says what a call allocates. */
const reasons: readonly (readonly [what: string, why: string])[] = [
  [
    "route match, 20",
    "At this size everything is in the cache and both read each character once. More than a quarter of ours is cutting parameters out of the path, which memoirist does too. A generated matcher would be less than a third quicker, of a fiftieth of a decision (D344).",
  ],
  [
    "route match",
    "Reading a path costs as much for every router, and so does cutting parameters out. What a tree can save are lines of memory, of which ours touches one or two a segment; on a machine that shares its cache these wait for memory all the same.",
  ],
  [
    "IPv4 text to class",
    "Reading the characters of a string that was never read before is a third to a half of the whole, and no table makes that less; the search itself is two or three loads. A connection that stays does not read its address again (`peer-memory.ts`), which this line does not count.",
  ],
  ["IPv6 text to class", "As for IPv4: up to 39 characters are read, and then some ten steps of a search over 16 bytes each."],
  ["1,000,000 IPv4 prefixes", "More than half of it is reading and sorting the million texts, a third their ranges (D419)."],
  [
    "policy decision, 1,000 rules spread, beside cedar-wasm",
    "A decision reads five fresh strings, each at least a line of memory that is in no cache, and calls one function for the claim: at 10 rules the same takes nearly as long, so the rules are not what costs. Cedar would have to take 10,000 times that.",
  ],
  [
    "policy decision, 1,000 rules spread, beside casl",
    "casl keeps ten rules a route, as we do, so its cost is that of ten closures over five strings; ours is five looks at strings. Ten times less would be less than reading the strings costs.",
  ],
  [
    "policy decision, 10,000 rules",
    "The steps are the same at 10 and 10,000 rules and nothing is allocated; what grows are lines of memory that are not in the nearest cache: row, cell, three nodes, one place of the hash table, one text.",
  ],
  [
    "verdict of an IAM document",
    "The steps are the same at every size: a look by the caller's ARN, a pass over the resource's characters, a pattern, a block of addresses. What grows are lines of memory that are in no cache (D418), and the ARNs, which are fresh strings, are hashed anew.",
  ],
  [
    "token not seen before",
    "Beside the signature: a JSON text parsed strictly, base64url checked to the bit, claims checked by type. They are what the bare call leaves out: 1.15 times it where the machine was quieter, 1.27 before headers were known by their text (D412).",
  ],
  [
    "body validation",
    "Ours is what Ajv writes for the same schema, without its messages. Types that name a member which every object inherits (`constructor`) tell own members from inherited ones, which takes a third longer. Checks by hand know the order of questions that decides soonest, and count members instead of naming each.",
  ],
  [
    "whole decision",
    "Ours reads and checks every header field, writes the request id and plans the refusal or the whole call to the backend; the glued one reads one field and answers yes or no. Most of it waits for memory: routes, rows and networks of a large gateway are cold when they are asked for, and the glued one's are as well. The match of the route alone is a fourth of it.",
  ],
  [
    "start of the shop's bundle",
    "The bare server alone takes more than twice the 49 ms that it took when the goal was set, and is two thirds of ours. Of the 53 ms of processor time between them, by profiles of a crowded machine, 16 are V8's reading of the code, 14 two collections of young objects, 9 `node:crypto`, which checks the tables (D415, D416).",
  ],
  [
    "check alone",
    "A fifth is starting Node and loading the compiler. The rest is code that runs for the first time: the sixth compilation in one process takes a quarter of the first. No function is more than a fiftieth of it; collections of young objects are a seventh, since nearly all that is read lives on (D439).",
  ],
  [
    "bundle: 10,000 routes",
    "10 MB are the ranges of addresses (5 bytes each), a megabyte each are the texts of routes and the rows of the decision table.",
  ],
  [
    "start to the first answer: 10,000 routes",
    "By processor time on a crowded machine: 150 ms are memory that is touched for the first time, where 15 MB of tables are read and hashed (12 ms once they are there); 60 are the index over two million ranges, as many the checks of all other tables. Routes are read when they are asked for and cost nothing here (D417).",
  ],
];

export function whyMissed(what: string): string {
  return reasons.find(([start]) => what.startsWith(start))?.[1] ?? "Not looked into.";
}
