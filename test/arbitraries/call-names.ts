/** What programs say of ids and traces, and what clients say of theirs, well and badly. */
import type { Choices } from "./choices.ts";

/** Lines of a gateway. */
export function nameLines(c: Choices): readonly string[] {
  const network = (): string => c.pick(["0.0.0.0/1", "128.0.0.0/1", "::/0"]);
  const takesPart = c.chance(1, 3);
  return [
    ...(c.chance(1, 3) ? [`  trust request_ids ${network()}`] : []),
    ...(takesPart ? [`  traces { share: ${c.pick(["0%", "12.5%", "50%", "100%"])} }`] : []),
    ...(takesPart && c.chance(2, 3) ? [`  trust traces ${network()}`] : []),
  ];
}

const TRACE = "0af7651916cd43dd8448eb211c80319c";
const PARENT = "b7ad6b7169203331";
export const PARENTS = [
  `00-${TRACE}-${PARENT}-01`,
  `00-${TRACE}-${PARENT}-00`,
  `00-${TRACE}-${PARENT}-03`,
  `cc-${TRACE}-${PARENT}-01`,
  `cc-${TRACE}-${PARENT}-01-what-the-future-brings`,
  `cc-${TRACE}-${PARENT}-01-`,
  `00-${TRACE}-${PARENT}-01-surplus`,
  `00-${TRACE}-${PARENT}-01-`,
  `ff-${TRACE}-${PARENT}-01`,
  `00-${TRACE.toUpperCase()}-${PARENT}-01`,
  `00-${"0".repeat(32)}-${PARENT}-01`,
  `00-${TRACE}-${"0".repeat(16)}-01`,
  `00-${TRACE}-${PARENT}-1`,
  `00-${TRACE}-${PARENT}`,
  `00-${TRACE}${PARENT}-01`,
  "",
] as const;
export const STATES = [
  "congo=t61rcWkgMzE",
  "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE",
  " , vendor@tenant=a b ,",
  "tenant@Vendor=1",
  "1simple=2",
  "1tenant@sys=2",
  "a=b=c",
  "same=1,same=2",
  "empty=",
  "=value",
  "A=upper",
  "t=tab\there",
  "é=1",
  `${"k".repeat(256)}=1`,
  `${"k".repeat(257)}=1`,
  `v=${"x".repeat(256)}`,
  `v=${"x".repeat(257)}`,
  Array.from({ length: 32 }, (_, at) => `k${at}=1`).join(","),
  Array.from({ length: 33 }, (_, at) => `k${at}=1`).join(","),
] as const;
export const IDS = [
  "8f14e45f-ceea-467a-9575-1f1f1f1f1f1f",
  "Root=1-67891233-abcdef012345678912345678",
  "a b",
  "a\tb",
  "é",
  "",
  "x".repeat(128),
  "x".repeat(129),
] as const;

/** Fields of a request. */
export function nameFields(c: Choices): readonly (readonly [string, string])[] {
  return [
    ...c.some(0, 2, () => ["X-Request-Id", c.pick(IDS)] as const),
    ...(c.chance(4, 5) ? [["traceparent", c.pick(PARENTS)] as const] : []),
    ...(c.chance(1, 10) ? [["Traceparent", c.pick(PARENTS)] as const] : []),
    ...c.some(0, 2, () => ["tracestate", c.pick(STATES)] as const),
  ];
}
