/** `compose`: one answer of several backends (D370): what each part is asked, and what comes together of given answers. */
import type { Answer, ComposedPart as AskedPart } from "../../../runtime/contract/gateway.ts";
import type { WholeReply } from "../../../runtime/contract/read-answer.ts";
import type { Composed, ComposedPart } from "../../model/composed.ts";
import type { Expr } from "../../model/expression.ts";
import type { Backend, Route, Transform } from "../../model/program.ts";
import type { Value } from "../../model/types.ts";
import type { BoundBackend } from "../backend.ts";
import { tracedPart } from "../call-names.ts";
import { evaluate } from "../evaluate.ts";
import { changesOfAnswer, type Forwarding } from "../forward.ts";
import { keyOf } from "../http-backend.ts";
import { jsonText } from "../json-text.ts";
import type { Scene } from "../scene.ts";
import { textOf } from "../texts.ts";
import { bodyOf } from "./reply-body.ts";
import { changedQuery, rewrittenPath } from "./reshape.ts";
import { plainly } from "./returned.ts";

/** A part's backend is not told of the client's body, nor of what it has of the answer that is made here. */
const UNTOLD = (
  "content-digest content-encoding content-language content-location content-md5 content-range content-type digest if-match if-modified-since " +
  "if-none-match if-range if-unmodified-since range repr-digest"
).split(" ");

/** What is the same for all parts: what levels around set in the query, outermost first, and how deep JSON may be. */
export type Around = {
  readonly query: readonly Transform[];
  readonly jsonDepth: number;
  readonly backendOf: (part: ComposedPart) => BoundBackend;
  /** What a part's backend shares its calls out by. */
  readonly keyOf: (part: ComposedPart) => string | undefined;
};

/** Undefined: a part cannot be asked so. */
export function together({ parts, map, bytes }: Composed, forwarding: Forwarding, scene: Scene, around: Around): Answer | undefined {
  const asked = parts.map((part, at): AskedPart | undefined => {
    if (!part.path.every((one) => one.kind !== "param" || isSegment(textOf(evaluate(one.value, scene, undefined), one.value.type))))
      return undefined;
    const ask = around
      .backendOf(part)
      .answer(asPart(part, { ...forwarding, trace: forwarding.trace && tracedPart(forwarding.trace, at) }, scene, around));
    if (ask?.kind !== "forward" && ask?.kind !== "invoke") return undefined;
    const isSuccess = (status: number): boolean => Math.floor(status / 100) === 2;
    return {
      name: part.name,
      isOptional: part.dispensable === "always",
      ask,
      mostBytes: (status) => (isSuccess(status) ? part.bytes : undefined),
      judge: (reply) => judge(reply, part, isSuccess(reply.status), around.jsonDepth),
    };
  });
  const all = asked.filter((part) => part !== undefined);
  if (all.length < parts.length) return undefined;
  return {
    kind: "compose",
    method: forwarding.request.method,
    parts: all,
    together: (values) => {
      const members = parts.map(({ name }, at) => [name, values[at]] as const).filter(([, value]) => value !== undefined);
      const answer = Object.fromEntries(members) as Value;
      const made = map ? (evaluate(map, { ...scene, answer }, undefined) as Value) : answer;
      const text = new TextEncoder().encode(jsonText(made));
      return text.length > bytes ? undefined : text;
    },
    ...changesOfAnswer(forwarding),
  };
}

/** Nothing that a server could take for several segments, or for a step to another one (D20). */
function isSegment(text: string | undefined = ""): boolean {
  return !["", ".", ".."].includes(text) && [...text].every((one) => one >= " " && !["/", "\\", "\u007f"].includes(one));
}

/** What is read of a request for where it leads. */
export function partsRead(backends: readonly Backend[], target: Route["target"]): readonly (Expr | undefined)[] {
  if (target.kind !== "compose") return [keyOf(backends, target)];
  const { parts, map } = target.composed;
  const ofParts = parts.flatMap(({ backend, path, query }) => [
    keyOf(backends, { kind: "backend", backend }),
    ...path.map((one) => (one.kind === "literal" ? undefined : one.value)),
    ...query.map(({ value }) => value),
  ]);
  return [...ofParts, map];
}

function asPart(part: ComposedPart, forwarding: Forwarding, scene: Scene, around: Around): Forwarding {
  const { request, withheld, onRequest } = forwarding;
  const others = around.query.filter(({ name }) => !part.query.some((own) => own.name === name));
  const sorted = [...others, ...part.query].sort((left, right) => (left.name < right.name ? -1 : 1));
  const query = changedQuery(undefined, sorted, scene);
  return {
    ...forwarding,
    request: { ...request, method: "GET", path: rewrittenPath(part.path, scene), query, hasBody: false },
    withheld: withheld && { ...withheld, query },
    body: undefined,
    key: around.keyOf(part),
    onRequest: plainly(onRequest, UNTOLD),
  };
}

function judge(reply: WholeReply, part: ComposedPart, isSuccess: boolean, depth: number): ReturnType<AskedPart["judge"]> {
  if (Array.isArray(part.dispensable) && part.dispensable.includes(reply.status)) return { kind: "absent" };
  if (part.decides?.some((status) => status === reply.status)) return { kind: "decides" };
  if (!isSuccess) return { kind: "status" };
  const body = bodyOf(reply, part, depth);
  return "value" in body ? { kind: "fits", value: body.value } : { kind: "failed", ...body };
}
