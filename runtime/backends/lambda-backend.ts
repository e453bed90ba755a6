/** A started `lambda` backend: the event that its function gets, and where it is invoked. */
import type { LambdaBackendData } from "../contract/backend-data.ts";
import { lambdaTarget } from "../aws/lambda-target.ts";
import { firstValue } from "../kernel/fields.ts";
import { answerChanges, passedOn } from "../kernel/forward-plan.ts";
import { wholeQuery } from "../kernel/query.ts";
import type { BackendBrought, RunningBackend } from "../kernel/running-backend.ts";
import { lambdaEvent } from "./lambda-event.ts";
import { isTextual } from "./textual.ts";

export function lambdaBackend(data: LambdaBackendData, brought: BackendBrought, problems: string[]): RunningBackend {
  const { name } = data;
  const { api } = brought;
  return {
    host: { ...data, ...lambdaTarget(`backend \`${name}\``, brought, problems) },
    plan: (call, passing) => {
      const passed = passedOn(call, passing);
      // A function gets the query decoded: what is no text cannot be handed over.
      const queries = wholeQuery(passed?.query);
      if (passed === undefined || queries === undefined) return undefined;
      const event = lambdaEvent(data.payload, api, call, { ...passed, queries, requestId: passing.requestId });
      const isText = isTextual(firstValue(passed.headers, "content-type"), firstValue(passed.headers, "content-encoding"));
      const { body } = passing;
      return { kind: "invoke", backend: name, method: call.request.method, event, isText, body, ...answerChanges(passing) };
    },
  };
}
