/** What clients say on a connection as bytes: requests of every framing, one or two, with faults sown in. One character a byte. */
import fc from "fast-check";
import { connectionField, damaged, type Fault, fault, faultyField, framed, plainField, weighted } from "../http1/spoken-message.ts";

export type Spoken = {
  readonly text: string;
  /** The client ends behind it; else it stays, and says no more. */
  readonly closes: boolean;
};

const end = "\r\n";

const method = weighted(
  ["GET", 10],
  ["POST", 20],
  ["HEAD", 2],
  ["OPTIONS", 2],
  ["DELETE", 2],
  ["PATCH", 2],
  ["get", 1],
  ["BREW", 1],
  ["CONNECT", 1],
  ["G\0T", 1],
);
const target = weighted(
  ["/", 20],
  ["/items/7?page=2&q=%20", 10],
  ["http://a/items", 2],
  ["*", 1],
  ["/\xe9", 1],
  ["/a b", 1],
  ["/a\tb", 1],
  ["/a#b", 1],
  ["items", 1],
  [`/${"a".repeat(300)}`, 1],
);
const version = weighted(
  ["HTTP/1.1", 60],
  ["HTTP/1.0", 8],
  ["HTTP/2.0", 1],
  ["HTTP/0.9", 1],
  ["HTTP/1.2", 1],
  ["http/1.1", 1],
  ["RTSP/1.0", 1],
  ["HTTP/1.10", 1],
);
const space = weighted([" ", 60], ["  ", 1], ["\t", 1]);
const before = weighted(["", 40], ["\r\n", 2], ["\r\n\r\n", 1], ["\n", 1], ["\r", 1], [" ", 1]);

/** Node's server reads nothing behind a request that asks to be upgraded. */
const quietField = plainField.filter((field) => !field.startsWith("Upgrade:"));

const request = fc
  .record({
    before,
    method,
    first: space,
    target,
    second: space,
    version,
    fields: fc.array(
      fc.oneof({ weight: 20, arbitrary: quietField }, { weight: 6, arbitrary: connectionField }, { weight: 1, arbitrary: faultyField }),
      { maxLength: 4 },
    ),
    framed,
  })
  .map((one) => {
    const fields = [...one.framed.fields, ...one.fields].map((field) => field + end).join("");
    // Without a framing there is no body of a request.
    const body = one.framed.fields.length === 0 ? "" : one.framed.body;
    return `${one.before}${one.method}${one.first}${one.target}${one.second}${one.version}${end}Host: a${end}${fields}${end}${body}`;
  });

export const spokenRequests: fc.Arbitrary<Spoken> = fc
  .record({
    texts: fc.array(request, { minLength: 1, maxLength: 2 }),
    faults: fc.oneof(
      { weight: 1, arbitrary: fc.constant<Fault[]>([]) },
      { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
    ),
    closes: fc.boolean(),
  })
  .map(({ texts, faults, closes }) => ({ text: faults.reduce(damaged, texts.join("")), closes }));
