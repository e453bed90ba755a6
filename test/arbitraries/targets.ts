/** Request targets: paths that hit a generated route, nearly hit it, or try to be read two ways; and queries. */
import type { Choices } from "./choices.ts";
import type { GeneratedRoute, GeneratedSegment } from "./generated.ts";
import { shapeOf } from "./scalars.ts";
import { QUERIES } from "./vocabulary.ts";

export function target(c: Choices, route: GeneratedRoute | undefined, isClean: boolean): string {
  const path =
    route === undefined || (!isClean && c.chance(1, 10))
      ? c.pick(["/", "/zz", "/api0", "*", "/api0/%2e%2e", "http://shop.example/api0", "//api0"])
      : (isClean ? plain : disturbed)(c, `/${route.segments.map((part) => segmentValue(c, part, isClean)).join("/")}`);
  if (!isClean && c.chance(1, 20)) return `${path}?other=${"x".repeat(c.pick([200, 256, 9000]))}`;
  return c.chance(1, 3) ? `${path}?${query(c, isClean)}` : path;
}

function segmentValue(c: Choices, segment: GeneratedSegment, isClean: boolean): string {
  if (segment.kind === "literal") return !isClean && c.chance(1, 10) ? c.pick(["%61", "A", "b", "%C3%A9", "%c3%a9"]) : segment.text;
  if (segment.kind === "rest") return c.some(isClean ? 1 : 0, 3, () => c.pick(isClean ? ["a", "x%20y", "b"] : ["a", "..", "b"])).join("/");
  if (segment.type === "Plain")
    return c.pick(isClean ? ["a", "x-1", "%41", "%E2%82%AC", "u%20v", "gold"] : ["a", "x-1", "%41", "%25", "%252F", ".", "a%2Fb", "é"]);
  const { good = [], bad = [] } = shapeOf(segment.type).path ?? {};
  return c.pick(isClean || c.chance(1, 2) ? good : [...bad, "g%6Fld", "%31"]);
}

function plain(_c: Choices, path: string): string {
  return path;
}

function disturbed(c: Choices, path: string): string {
  if (!c.chance(1, 3)) return path;
  const at = path.lastIndexOf("/");
  return c.pick([
    `${path}/`,
    `${path}//`,
    `/.${path}`,
    `${path}/..`,
    `${path}/a`,
    path.slice(0, at),
    `${path};v=1`,
    `${path}%00`,
    `${path}%`,
    `${path}\\`,
    `${path}#x`,
    path.replace("/a", "/%61"),
    path.replace("/", "/../"),
    path.replace("api", "API"),
    `${path}%2e`,
    `http://shop.example${path}`,
    `http://other.example${path}`,
  ]);
}

function query(c: Choices, isClean: boolean): string {
  const part = (): string =>
    `${c.pick([...QUERIES, "q", "other", "%71"])}${c.pick(["=a", "=b", "=gold", "=red+team", "=", "", "=%C3%A9", "=x-1", "=a=b"])}`;
  if (!isClean && c.chance(1, 4)) return c.pick(["q=%ff", "q=%zz", "=&&=", "q=a#b", "q='x'", 'q="x"', "q={}", "%ff=1"]);
  return c.some(1, 3, part).join("&");
}
