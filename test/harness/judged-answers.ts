/** What two hands make of the answers of backends, as text to compare: all but the wording of what is wrong. */
import type { Outcome } from "../../runtime/contract/gateway.ts";
import type { WholeReply } from "../../runtime/contract/read-answer.ts";

export function judgedAnswers({ answer }: Outcome, replies: readonly WholeReply[]): readonly string[] {
  const read = answer.kind === "local" ? undefined : answer.read;
  return replies.map((reply) => {
    const most = read?.mostBytes(reply.status);
    if (read === undefined || most === undefined) return "passes";
    const judged = read.judge(reply);
    if (judged.kind !== "mapped") return `${judged.kind} (${most})`;
    return JSON.stringify([judged.rawHeaders, Buffer.from(judged.body).toString("utf8")]);
  });
}
