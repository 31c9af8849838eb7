// The API's description, read: operations in order, references resolved, examples found.

export async function load(version) {
  const query = version ? `?version=${encodeURIComponent(version)}` : "";
  const reply = await fetch(`/v1/openapi.json${query}`, { credentials: "omit" });
  if (!reply.ok) throw new Error(`The description of the API can't be read (status ${reply.status}).`);
  return await reply.json();
}

const VERBS = ["get", "post", "put", "patch", "delete"];

export function operations(spec) {
  const all = [];
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const verb of VERBS) {
      const raw = item[verb];
      if (raw) all.push({ id: raw.operationId, verb, path, tag: raw.tags?.[0] ?? "other", summary: raw.summary, raw });
    }
  }
  return all;
}

export function resolve(spec, value) {
  let found = value;
  for (let depth = 0; found?.$ref && depth < 20; depth++) {
    found = found.$ref.slice(2).split("/").reduce((at, part) => at?.[part.replaceAll("~1", "/").replaceAll("~0", "~")], spec);
  }
  return found ?? {};
}

/** A schema without references and null: {schema, nullable}. */
export function flat(spec, schema) {
  let found = resolve(spec, schema);
  let nullable = false;
  if (Array.isArray(found.type)) {
    nullable = found.type.includes("null");
    found = { ...found, type: found.type.find((type) => type !== "null") };
  }
  const cases = found.anyOf;
  if (cases?.some((each) => each.type === "null")) {
    nullable = true;
    const rest = cases.filter((each) => each.type !== "null");
    if (rest.length === 1) found = { ...resolve(spec, rest[0]), ...(found.description ? { description: found.description } : {}) };
  }
  return { schema: found, nullable };
}

export function parameters(spec, operation) {
  return (operation.raw.parameters ?? []).map((each) => resolve(spec, each));
}

export function body(spec, operation) {
  const content = operation.raw.requestBody?.content ?? {};
  const json = content["application/json"];
  return json ? { schema: json.schema, examples: examplesOf(json), required: operation.raw.requestBody.required } : null;
}

export function examplesOf(media) {
  return Object.entries(media?.examples ?? {}).map(([name, each]) => ({ name: each.summary ?? name, value: each.value }));
}
