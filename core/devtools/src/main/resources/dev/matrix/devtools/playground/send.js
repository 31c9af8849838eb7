// Real calls to this page's own origin.
import { state } from "./store.js";

export function request(operation, parameters, draft, hasBody) {
  let path = operation.path;
  const query = [];
  const headers = { Accept: "application/json, */*;q=0.5" };
  for (const parameter of parameters) {
    const value = draft.values[`${parameter.in}:${parameter.name}`] ?? "";
    if (parameter.in === "path") path = path.replace(`{${parameter.name}}`, encodeURIComponent(value));
    else if (value !== "" && parameter.in === "query") {
      const many = parameter.schema?.type === "array";
      for (const each of many ? value.split(",").map((v) => v.trim()) : [value]) query.push([parameter.name, each]);
    } else if (value !== "" && parameter.in === "header") headers[parameter.name] = value;
  }
  if (parameters.some((each) => each.name === "Idempotency-Key")) headers["Idempotency-Key"] = draft.key;
  if (!headers["Matrix-Version"]) headers["Matrix-Version"] = state.version;
  const body = hasBody ? draft.body : undefined;
  if (hasBody) headers["Content-Type"] = "application/json";
  const search = query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join("&");
  return { verb: operation.verb.toUpperCase(), path, query, target: path + (search ? `?${search}` : ""), headers, body };
}

export async function send(call) {
  const headers = state.key ? { ...call.headers, Authorization: `Bearer ${state.key}` } : call.headers;
  const began = performance.now();
  const reply = await fetch(call.target, { method: call.verb, headers, body: call.body, credentials: "omit", redirect: "manual", cache: "no-store" });
  const text = await reply.text();
  const millis = performance.now() - began;
  let json;
  try {
    json = text ? JSON.parse(text) : undefined;
  } catch {
    json = undefined;
  }
  return { status: reply.status, headers: [...reply.headers], text, json, millis, bytes: new TextEncoder().encode(text).length };
}
