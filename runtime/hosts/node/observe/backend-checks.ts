/** Whether backends can be reached: a connection to one of their targets is enough, and nothing is sent over it. */
import { connect } from "node:net";
import type { HostBackend } from "../../../contract/host-backend.ts";
import type { Check } from "../../../observe/readiness.ts";

const patience = 1_500;

export function backendChecks(backends: readonly HostBackend[]): readonly Check[] {
  return backends.flatMap((backend) => (backend.kind === "http" ? [check(backend.name, backend.targets)] : []));
}

function check(name: string, targets: readonly string[]): Check {
  return {
    kind: "backend",
    name,
    look: async () => {
      const answers = await Promise.all(targets.map(isReached));
      if (answers.includes(true)) return undefined;
      return targets.length === 1 ? "its target cannot be reached" : `none of its ${targets.length} targets can be reached`;
    },
  };
}

function isReached(target: string): Promise<boolean> {
  const { hostname, port, protocol } = new URL(target);
  const host = hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
  return new Promise((resolve) => {
    const socket = connect({ host, port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port), timeout: patience });
    const done = (isGood: boolean) => (): void => {
      socket.destroy();
      resolve(isGood);
    };
    socket.on("connect", done(true)).on("error", done(false)).on("timeout", done(false));
  });
}
