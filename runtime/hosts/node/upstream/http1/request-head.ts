/** The head of a request to a server. Promises: what is in it ends no line and begins none. */
import { isFieldValue, isToken } from "../../../../kernel/characters.ts";
import { requestFields } from "../../upstream-request.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Request } from "../transport.ts";

/** Throws where a part of it cannot stand there: nothing is sent then. */
export function requestHead({ answer, length, fresh }: Request, endpoint: Endpoint): string {
  const { method } = answer;
  const path = endpoint.target.base + answer.target;
  if (!isToken(method) || !visible.test(path)) throw new Error("a method or path that cannot be sent");
  let text = `${method} ${path} HTTP/1.1\r\n`;
  const fields = requestFields(answer, endpoint, length);
  for (let at = 0; at < fields.length; at += 2) {
    const [name = "", value = ""] = [fields[at], fields[at + 1]];
    if (!isToken(name) || !isFieldValue(value)) throw new Error(`a field that cannot be sent: ${name}`);
    text += `${name}: ${value}\r\n`;
  }
  return `${text}Connection: ${fresh ? "close" : "keep-alive"}\r\n\r\n`;
}

/** As in a request line, spaces being what parts it. */
const visible = /^[\x21-\x7e\x80-\xff]+$/;
