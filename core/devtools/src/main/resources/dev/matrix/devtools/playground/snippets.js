// The call at hand as code, in the four languages there are clients for. The key is never written into it.

const python = (value) => value === null || value === undefined ? "None" : value === true ? "True" : value === false ? "False"
  : Array.isArray(value) ? `[${value.map(python).join(", ")}]`
    : typeof value === "object" ? `{${Object.entries(value).map(([k, v]) => `${JSON.stringify(k)}: ${python(v)}`).join(", ")}}` : JSON.stringify(value);

const shell = (text) => `'${text.replaceAll("'", "'\\''")}'`;

function property(name) {
  return /^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__" ? name : `[${JSON.stringify(name)}]`;
}

function literal(value, indent = "") {
  if (Array.isArray(value)) return `[${value.map((each) => literal(each, indent)).join(", ")}]`;
  if (value && typeof value === "object") {
    const inner = Object.entries(value).map(([name, each]) => `${indent}  ${property(name)}: ${literal(each, `${indent}  `)},\n`);
    return inner.length ? `{\n${inner.join("")}${indent}}` : "{}";
  }
  return JSON.stringify(value);
}

function typed(value, schema) {
  return ["integer", "number"].includes(schema?.type) ? Number(value) : schema?.type === "boolean" ? value === "true" : value;
}

/** [language, source] of each client that has the operation; what they call it is said in the description. */
export function snippets(operation, parameters, call, draft) {
  const curl = [`curl ${call.verb === "GET" ? "" : `-X ${call.verb} `}${shell(location.origin + call.target)}`, `-H "Authorization: Bearer $MATRIX_API_KEY"`,
    ...Object.entries(call.headers).filter(([name]) => name !== "Accept").map(([name, value]) => `-H ${shell(`${name}: ${value}`)}`),
    ...(call.body ? [`--data-raw ${shell(call.body)}`] : [])].join(" \\\n  ");
  const names = operation.raw["x-sdk"];
  if (!names) return [["cURL", `${curl}\n`]];
  const path = parameters.filter((each) => each.in === "path").map((each) => draft.values[`path:${each.name}`] ?? "");
  const members = {};
  for (const each of parameters.filter((p) => p.in === "query")) {
    const values = call.query.filter(([name]) => name === each.name).map(([, value]) => typed(value, each.schema));
    if (values.length) members[each.name] = each.schema?.type === "array" ? values : values[0];
  }
  try {
    Object.assign(members, call.body ? JSON.parse(call.body) : {});
  } catch {
    members.body = call.body;
  }
  const some = Object.keys(members).length > 0;
  const args = [...path.map((value) => JSON.stringify(value)), ...(some ? [literal(members)] : [])].join(", ");
  const invoke = `matrix.${names.javascript}(${args})`;
  const use = names.paged ? `for await (const item of ${invoke}) {\n  console.log(item);\n}` : `const reply = await ${invoke};`;
  const script = (file) => `import { Matrix } from "./${file}";\n\nconst matrix = new Matrix({ baseUrl: ${JSON.stringify(location.origin)} }); // MATRIX_API_KEY\n${use}\n`;
  const keywords = [...path.map(python), ...Object.entries(members).map(([name, value]) => `${Object.hasOwn(names.arguments, name) ? names.arguments[name] : name}=${python(value)}`)];
  const pythonCall = `matrix.${names.python}(${keywords.join(", ").length > 60 ? `\n    ${keywords.join(",\n    ")},\n` : keywords.join(", ")})`;
  return [["TypeScript", script("matrix.ts")], ["JavaScript", script("matrix.mjs")],
    ["Python", `from matrix import Matrix\n\nmatrix = Matrix(base_url=${JSON.stringify(location.origin)})  # MATRIX_API_KEY\n${names.paged ? `for item in ${pythonCall}:\n    print(item)` : `reply = ${pythonCall}`}\n`],
    ["cURL", `${curl}\n`]];
}
