/**
 * Copies of calls to other servers, whose answers nobody reads. Promises: a copy never delays a call or changes what becomes of it, copies under way
 * are bounded, and a body that streams is not copied: who reads slowly would hold the call back.
 */
import type { HttpHostBackend } from "../../../contract/host-backend.ts";
import type { HostedBackend } from "../host.ts";
import type { ForwardAnswer } from "../upstream-request.ts";
import { type Endpoint, readTarget } from "./endpoint.ts";
import { endpointSource, resolveBySystem } from "./endpoint-source.ts";
import type { Transport, UpstreamCall } from "./transport.ts";

const mostCopies = 100;

export function mirrored(hosted: HostedBackend, { mirrors = [], traffic }: HttpHostBackend, transport: Transport): HostedBackend {
  const { mirror } = traffic;
  if (mirror === undefined || mirrors.length === 0) return hosted;
  const source = endpointSource(mirrors.map(readTarget), resolveBySystem, ({ isAddress }) => isAddress);
  let turn = 0;
  let copies = 0;
  const copy = async (answer: ForwardAnswer): Promise<void> => {
    copies++;
    const all = await source.current();
    const endpoint = all[turn++ % all.length];
    // What cannot be written is told of the call itself.
    if (endpoint !== undefined) await sent(answer, endpoint, transport, traffic.timeouts.firstByte).catch(() => {});
    copies--;
  };
  return {
    ...hosted,
    carry: (exchange, answer) => {
      if (answer.kind === "forward" && answer.body !== "stream" && copies < mostCopies && Math.random() < mirror.share) {
        exchange.notes.isMirrored = true;
        void copy(answer);
      }
      return hosted.carry(exchange, answer);
    },
  };
}

/** Resolves when the copy has been answered, or was not in time. */
function sent(answer: ForwardAnswer, endpoint: Endpoint, transport: Transport, time: number): Promise<void> {
  return new Promise((resolve) => {
    let call: UpstreamCall | undefined;
    const done = (): void => {
      clearTimeout(timer);
      call?.destroy();
      resolve();
    };
    const timer = setTimeout(done, time);
    call = transport.open(
      endpoint,
      { answer, length: undefined, fresh: false },
      {
        onConnected: (connected) => connected.end(typeof answer.body === "string" ? undefined : answer.body),
        onDrain: () => {},
        onAnswer: ({ body }) => body.flow({ onData: () => {}, onEnd: done, onBroken: done }),
        onTrouble: done,
      },
    );
  });
}
