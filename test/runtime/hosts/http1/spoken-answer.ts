/** Answers of servers as bytes: well-made ones of every framing, with faults sown in. One character a byte. */
import fc from "fast-check";
import { connectionField, damaged, type Fault, fault, faultyField, framed, plainField, weighted } from "./spoken-message.ts";

export type Spoken = {
  readonly method: "GET" | "HEAD";
  readonly text: string;
  /** The server closes behind it; else it stays, and says no more. */
  readonly closes: boolean;
};

const end = "\r\n";

const version = weighted(
  ["HTTP/1.1", 40],
  ["HTTP/1.0", 10],
  ["HTTP/2.0", 1],
  ["HTTP/0.9", 1],
  ["HTTP/1.2", 1],
  ["http/1.1", 1],
  ["ICY", 1],
);
const status = weighted(
  ["200 OK", 30],
  ["404 Not Found", 2],
  ["204 No Content", 2],
  ["304 Not Modified", 2],
  ["200", 1],
  ["200 ", 1],
  ["099 Odd", 1],
  ["600 Odd", 1],
  ["20 O", 1],
  ["2000 OK", 1],
  ["101 Switching Protocols", 1],
  ["200 gr\xfc\xdf", 1],
);
const informs = weighted(
  ["", 30],
  ["HTTP/1.1 100 Continue\r\n\r\n", 1],
  ["HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 1],
  ["HTTP/1.1 102 Processing\r\nContent-Length: 3\r\n\r\n", 1],
  ["\r\n", 1],
);

const wellMade = fc
  .record({
    informs,
    version,
    status,
    fields: fc.array(
      fc.oneof({ weight: 20, arbitrary: plainField }, { weight: 6, arbitrary: connectionField }, { weight: 1, arbitrary: faultyField }),
      { maxLength: 4 },
    ),
    framed,
    surplus: weighted(["", 6], ["x", 1], ["HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 1]),
  })
  .map(
    (one) =>
      `${one.informs}${one.version} ${one.status}${end}${[...one.framed.fields, ...one.fields].map((field) => field + end).join("")}${end}${one.framed.body}${one.surplus}`,
  );

export const spokenAnswer: fc.Arbitrary<Spoken> = fc
  .record({
    method: weighted(["GET" as const, 5], ["HEAD" as const, 1]),
    text: wellMade,
    faults: fc.oneof(
      { weight: 1, arbitrary: fc.constant<Fault[]>([]) },
      { weight: 1, arbitrary: fc.array(fault, { minLength: 1, maxLength: 2 }) },
    ),
    closes: fc.boolean(),
  })
  .map(({ method, text, faults, closes }) => ({ method, text: faults.reduce(damaged, text), closes }));
