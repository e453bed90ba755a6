import { expect, test } from "vitest";
import { refusal } from "../../../runtime/kernel/refusal.ts";

test("a refusal is a problem with its cause, and no more", () => {
  expect(refusal("malformed", { requestId: "r1" })).toEqual({
    kind: "local",
    status: 400,
    headers: [
      ["content-type", "application/problem+json"],
      ["cache-control", "no-store"],
      ["x-request-id", "r1"],
    ],
    body: '{"type":"urn:gwl:refusal:malformed","title":"Bad request","status":400}',
  });
});

test("detail, errors, allow, challenges and retry stand where they are due", () => {
  expect(refusal("rule", { requestId: "r", detail: 'a "b"' }).body).toBe(
    '{"type":"urn:gwl:refusal:rule","title":"Forbidden","status":403,"detail":"a \\"b\\""}',
  );
  expect(refusal("invalid-body", { requestId: "r", errors: [{ at: "/a", message: "m" }] }).body).toBe(
    '{"type":"urn:gwl:refusal:invalid-body","title":"Invalid request body","status":400,"errors":[{"at":"/a","message":"m"}]}',
  );
  expect(refusal("method-not-allowed", { requestId: "r", allow: "GET, HEAD" }).headers.at(-1)).toEqual(["allow", "GET, HEAD"]);
  expect(refusal("unauthenticated", { requestId: "r", challenges: ["Bearer", "Token"] }).headers.slice(3)).toEqual([
    ["www-authenticate", "Bearer"],
    ["www-authenticate", "Token"],
  ]);
  expect(refusal("keys-unavailable", { requestId: "r" }).headers.at(-1)).toEqual(["retry-after", "5"]);
});
