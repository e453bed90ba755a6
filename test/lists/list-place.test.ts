/** Where lists are when a gateway serves. */
import { expect, test } from "vitest";
import { listPlaces } from "../../runtime/hosts/node/lists/list-place.ts";

const placed = (lists: string | undefined, path = "lists/blocked.txt"): string => {
  const places = listPlaces(lists);
  if (!places.ok) return places.problem;
  const place = places.placeOf(path);
  return place.kind === "file" ? place.path : place.url;
};

test.each([
  [undefined, `${process.cwd()}/lists/blocked.txt`],
  ["/srv/gateway", "/srv/gateway/lists/blocked.txt"],
  ["../data", new URL("../data/lists/blocked.txt", `file://${process.cwd()}/`).pathname],
  ["https://lists.example", "https://lists.example/lists/blocked.txt"],
  ["https://lists.example/shop/", "https://lists.example/shop/lists/blocked.txt"],
  ["HTTPS://lists.example/shop", "https://lists.example/shop/lists/blocked.txt"],
])("below %s", (lists, expected) => {
  expect(placed(lists)).toBe(expected);
});

test("a name that addresses would read otherwise is a name all the same", () => {
  expect(placed("https://lists.example/", "a b/what?x#y%2e.txt")).toBe("https://lists.example/a%20b/what%3Fx%23y%252e.txt");
});

test.each([
  "http://lists.example/",
  "ftp://lists.example/",
  "https://u:p@lists.example/",
  "https://lists.example/?a=b",
  "https://lists.example/#a",
  "https://",
])("%s is refused", (lists) => {
  expect(placed(lists)).toMatch(/^`LISTS` must be a folder, or an address/);
});

test("an empty text is refused", () => {
  expect(placed("")).toMatch(/^`LISTS` is empty/);
});
