/**
 * A call that changes something (RFC 9111, section 4.4). Promises: once a client has been told that it went well, or nobody knows how it went, what was
 * kept of its place is given to nobody.
 */
import type { BackendAnswer } from "../../../cache/backend-question.ts";
import type { HostFault } from "../host-fault.ts";
import { answerWithFault } from "../local-answer.ts";
import type { Exchange, HostedBackend } from "../host.ts";
import type { KeptAnswers } from "./kept-answers.ts";
import type { OtherWorkers } from "./other-workers.ts";

type Around = { readonly backend: HostedBackend; readonly everywhere: readonly KeptAnswers[]; readonly others: OtherWorkers };

export async function carryChange(
  exchange: Exchange,
  answer: BackendAnswer,
  place: string,
  { backend, everywhere, others }: Around,
): Promise<void> {
  const drop = (): Promise<unknown> =>
    Promise.all([...everywhere.map(async (answers) => answers.drop(place)), others.tell("places", place)]);
  let isSettled = false;
  let fault: HostFault | undefined;
  exchange.watch = {
    seen: async (incoming) => {
      isSettled = true;
      if (incoming.status < 400) await drop();
      return incoming;
    },
    failed: (why) => (fault = why),
  };
  try {
    await backend.carry(exchange, answer);
  } finally {
    exchange.watch = undefined;
    if (!isSettled) await drop();
  }
  if (fault !== undefined) await answerWithFault(exchange, fault);
}
