/** An answer that is kept, given to a client: with what the route changes of answers, and as a 304 to those who have it already (RFC 9110, section 13). */
import { responseFields } from "../../../kernel/response-fields.ts";
import { type BackendAnswer, requestedFields } from "../../../cache/backend-question.ts";
import { ageOf, type StoredAnswer } from "../../../cache/stored-answer.ts";
import { hasClientAlready, notModifiedFields } from "../../../cache/validation.ts";
import type { HeaderField } from "../../../contract/gateway.ts";
import { giveWhole } from "../give-whole.ts";
import type { Exchange } from "../host.ts";

/** `answer`: the plan, with all fields that are added. `tellsAge`: it was not made for this call (RFC 9111, section 5.1). Resolves when the answer has left or the connection is gone. */
export async function give(exchange: Exchange, answer: BackendAnswer, stored: StoredAnswer, tellsAge: boolean): Promise<void> {
  const { response } = exchange;
  if (response.destroyed) return;
  const now = exchange.host.world.now();
  const age: readonly HeaderField[] = tellsAge ? [["age", String(Math.floor(ageOf(stored, now) / 1000))]] : [];
  const isKnown = stored.status === 200 && hasClientAlready(requestedFields(answer), finalFields(stored, answer), now);
  const fields = [...(isKnown ? notModifiedFields(stored.fields) : stored.fields), ...age];
  const isBodiless = isKnown || answer.method === "HEAD" || stored.status === 204;
  const told = { status: isKnown ? 304 : stored.status, rawHeaders: fields.flat(), body: stored.body };
  return giveWhole(exchange, answer, told, isBodiless);
}

/** As the client would get them: the route may have set validators of its own. */
function finalFields({ fields }: StoredAnswer, answer: BackendAnswer): readonly HeaderField[] {
  return responseFields(fields.flat(), answer) ?? fields;
}
