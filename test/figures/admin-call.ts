/** One question to the admin door of a gateway. */
import { request } from "node:http";

export type AdminAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

export function adminCall(socketPath: string, method: "GET" | "POST", path: string, body: object | string = ""): Promise<AdminAnswer> {
  return new Promise((resolve, reject) => {
    const sent = request({ socketPath, method, path, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk) => (text += String(chunk)));
      response.on("error", reject);
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as AdminAnswer["body"] }));
    });
    sent.on("error", reject);
    sent.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}
