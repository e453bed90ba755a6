// In the place of the native part of AWS's runtime client, which posts what a function returned: the same two posts in JavaScript. All else, from
// loading the function to how its errors are told, is the client's own. Loaded before it.
const { request } = require("node:http");
const Module = require("node:module");

const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? "").split(":");

function post(id, what, body, headers = {}) {
  const path = `/2018-06-01/runtime/invocation/${id}/${what}`;
  request({ host, port, path, method: "POST", headers: { "content-type": "application/json", ...headers } }, (answer) =>
    answer.resume(),
  ).end(body);
}

const client = {
  initializeClient: () => {},
  done: (id, body) => post(id, "response", body),
  error: (id, body, xray) => post(id, "error", body, { "Lambda-Runtime-Function-XRay-Error-Cause": xray }),
};

const load = Module._load;
Module._load = function (name, ...others) {
  return name.endsWith("rapid-client.node") ? client : load.call(this, name, ...others);
};
