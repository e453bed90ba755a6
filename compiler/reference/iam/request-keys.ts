/** The condition keys that every request has whoever calls, and those that a client may send. */
import { valuesOf } from "../fields.ts";
import type { Scene } from "../scene.ts";
import { tagOf } from "../tag.ts";

export function requestKey(name: string, scene: Scene): readonly string[] | undefined {
  const { request, api, entry } = scene;
  if (request === undefined) return undefined;
  switch (name) {
    case "aws:sourceip":
      return entry?.vpce === undefined ? [request.client] : undefined;
    case "aws:vpcsourceip":
      return present(entry?.vpcIp);
    case "aws:sourcevpce":
      return present(entry?.vpce);
    case "aws:sourcevpc":
      return present(entry?.vpc);
    case "aws:currenttime":
      return [new Date(request.now).toISOString()];
    case "aws:epochtime":
      return [String(Math.floor(request.now / 1000))];
    case "aws:securetransport":
      return [String(request.secure === true)];
    case "aws:requestedregion":
      return [api.split(":")[3] ?? ""];
    case "aws:principalisawsservice":
    case "aws:viaawsservice":
      return ["false"];
    case "aws:referer":
      return valuesOf(request.fields, "referer");
    case "aws:useragent":
      return valuesOf(request.fields, "user-agent");
    default:
      return name.startsWith(RESOURCE_TAG) ? present(routeTag(name.slice(RESOURCE_TAG.length), scene)) : undefined;
  }
}

const RESOURCE_TAG = "aws:resourcetag/";

/** Of the route; names have no case here. */
function routeTag(key: string, scene: Scene): string | undefined {
  const name = Object.keys(scene.route?.tags ?? {}).find((tag) => tag.toLowerCase() === key);
  return name === undefined ? undefined : tagOf(name, scene);
}

function present(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [text];
}
