/** `map body`: what the backend gets in the place of the body that came (D320). */
import type { Expr } from "../../model/expression.ts";
import type { Value } from "../../model/types.ts";
import { evaluate } from "../evaluate.ts";
import type { Forwarding } from "../forward.ts";
import { jsonText } from "../json-text.ts";
import type { Scene } from "../scene.ts";

/** Fields that tell of the bytes that came. */
const OLD = "content-digest content-encoding content-language content-location content-md5 content-range digest repr-digest".split(" ");

/** Undefined: larger than `limit` bytes. */
export function mapped(body: Expr, forwarding: Forwarding, scene: Scene, limit: number): Forwarding | undefined {
  const bytes = new TextEncoder().encode(jsonText(evaluate(body, scene, undefined) as Value));
  if (bytes.length > limit) return undefined;
  const told = [{ name: "content-type", value: "application/json" }, ...OLD.map((name) => ({ name, value: undefined }))];
  const isSet = (wanted: string): boolean => forwarding.onRequest.some(({ name }) => name === wanted);
  const onRequest = [...forwarding.onRequest, ...told.filter(({ name }) => !isSet(name))];
  return {
    ...forwarding,
    body: bytes,
    onRequest: onRequest.sort((left, right) => (left.name < right.name ? -1 : left.name === right.name ? 0 : 1)),
  };
}
