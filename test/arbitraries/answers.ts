/** What routes of a generated program say of their backends' answers, and answers that fit that or miss it. */
import type { WholeReply } from "../../runtime/contract/read-answer.ts";
import { bodyBytes } from "./bodies.ts";
import type { Choices } from "./choices.ts";
import { bodyShape } from "./declarations.ts";
import type { BodyShape } from "./generated.ts";
import type { Draft } from "./level.ts";
import { membersOf } from "./maps.ts";
import type { Surroundings } from "./surroundings.ts";

/** `shape`: of successes. */
export function returnsLines(
  draft: Draft,
  at: Surroundings,
  target: string,
): { readonly lines: readonly string[]; readonly shape?: BodyShape } {
  const { c } = draft;
  if ((target !== " -> up" && target !== " -> run") || !c.chance(1, 4)) return { lines: [] };
  const shape = bodyShape(c, `Body${draft.bodies.length}`);
  draft.bodies.push(shape);
  const maps = c.chance(1, 2);
  const lines = [
    `returns ${c.chance(1, 2) ? "" : "success "}${shape.typeName}${c.chance(1, 3) ? " within 100B" : ""}`,
    ...(c.chance(1, 3) ? ["returns 404 { why: String }"] : []),
    ...(c.chance(1, 3) ? ["returns client_errors { why: String, code: Int? }"] : []),
    ...(c.chance(1, 4) ? ["returns server_errors { code: Int }"] : []),
    ...(maps
      ? [
          `map response body { ${membersOf(
            c,
            at,
            shape.fields.map((field) => ({ ...field, root: "response.body" })),
          ).join(", ")} }`,
        ]
      : []),
    ...(!maps && c.chance(1, 4) ? ["returns 201 { made: Bool }"] : []),
  ];
  return { lines, shape };
}

export function reply(c: Choices, shape: BodyShape | undefined): WholeReply {
  const status = c.pick([200, 200, 200, 200, 201, 204, 206, 304, 301, 404, 400, 500, 503]);
  const isSuccess = status < 300 && shape !== undefined && !c.chance(1, 10);
  const other = (): Uint8Array =>
    Buffer.from(
      c.pick([
        '{"why":"no"}',
        '{"code":1}',
        '{"why":"no","code":7}',
        '{"made":true}',
        '{"why":1}',
        "",
        "[]",
        '{"why":"a","why":"b"}',
        '{"more":1}',
      ]),
    );
  const type = c.chance(1, 8) ? c.pick(["text/html", "application/json;charset=latin1", "application/hal+json", ""]) : "application/json";
  return {
    status,
    rawHeaders: [
      ...(type === "" ? [] : ["Content-Type", type]),
      ...(c.chance(1, 20) ? ["content-type", "application/json"] : []),
      ...(c.chance(1, 12) ? ["Content-Encoding", "gzip"] : []),
      ...(c.chance(1, 2) ? ["ETag", '"1"', "X-Set", "a", "Content-Length", "7"] : []),
      ...(c.chance(1, 8) ? ["Transfer-Encoding", "chunked", "Digest", "x"] : []),
    ],
    body: isSuccess ? bodyBytes(c, shape) : other(),
  };
}
