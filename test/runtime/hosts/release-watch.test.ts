import { expect, test } from "vitest";
import type { CallRecord } from "../../../runtime/observe/call-record.ts";
import { releaseWatch } from "../../../runtime/hosts/node/release-watch.ts";

const sizes = { bytesIn: 0, bytesOut: 0, isCut: false } as const;
const usual = {
  time: 0,
  id: "1",
  client: "",
  method: "GET",
  target: "/",
  httpVersion: "1.1",
  rawHeaders: [],
  duration: 1,
  backendTime: 1,
  ...sizes,
};
const record = (status: number, side = "new", fault?: string): CallRecord => ({
  ...usual,
  status,
  notes: { release: { name: "r", side } },
  ...(fault === undefined ? {} : { fault }),
});

function watching(share = 20, of = 10): { readonly told: object[]; readonly see: (...records: CallRecord[]) => boolean } {
  const told: object[] = [];
  const watch = releaseWatch([{ name: "r", next: "new", stop: { share, of } }], (ended) => void told.push(ended));
  return {
    told,
    see: (...records) => {
      for (const one of records) watch.observer.ended(one);
      return watch.hasStopped("r");
    },
  };
}

test("a release ends when more calls to the next version fail than are borne, and is told once", () => {
  const { told, see } = watching();
  expect(see(record(500), record(200), record(503))).toBe(false);
  expect(see(record(502, "new", "bad-gateway"), record(500))).toBe(true);
  expect(told).toEqual([{ release: "r", failed: 3, of: 10 }]);
});

test("only the last calls count", () => {
  const { see } = watching();
  for (let round = 0; round < 50; round++) expect(see(record(500), record(200), record(200), record(200), record(200))).toBe(false);
});

test("what the old version or a client does ends nothing", () => {
  const { see } = watching(0);
  expect(see(record(500, "old"), record(404), record(0, "new", "incomplete-body"), record(413, "new", "body-too-large"))).toBe(false);
  expect(see(record(504, "new", "backend-timeout"))).toBe(true);
});

test("one without `stop` never ends, and one that another process ended has ended here", () => {
  const watch = releaseWatch([{ name: "r", next: "new" }], () => expect.unreachable());
  for (let call = 0; call < 100; call++) watch.observer.ended(record(500));
  expect(watch.hasStopped("r")).toBe(false);
  watch.end("r");
  expect(watch.hasStopped("r")).toBe(true);
});
