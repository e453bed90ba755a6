import { expect, test } from "vitest";
import { isJsonMediaType } from "../../../runtime/kernel/media-type.ts";

test.each([
  "application/json",
  "Application/JSON",
  "application/problem+json",
  "application/vnd.a.b-1+json",
  "application/json;charset=utf-8",
  'application/json ; Charset="UTF-8"',
  'application/json; a=b; profile="x;y=z"; charset=utf-8',
])("%s is JSON", (value) => {
  expect(isJsonMediaType(value)).toBe(true);
});

test.each([
  undefined,
  "",
  "json",
  "text/json",
  "application/jsonp",
  "application/xml",
  "application/+json",
  "application/json+xml",
  "application/json, text/html",
  "application/json;",
  "application/json; ",
  "application/json;;a=b",
  "application/json; a",
  "application/json; a=",
  "application/json; =b",
  "application/json; charset=utf-16",
  "application/json; charset=latin1",
  'application/json; charset=""',
  "application/json; charset=utf8",
  "application/json; charset=utf-8; charset=utf-8",
  'application/json; a="b',
  'application/json; a="b\\"c"',
  'application/json; a="b"c',
  "application/json; a b=c",
  "application/json; a =b",
  "application/json; a= b",
  "application/ json",
  "application/a b+json",
  "application/json charset=utf-8",
])("%j is not", (value) => {
  expect(isJsonMediaType(value)).toBe(false);
});
