// Inputs for parameters and for a JSON body, by their schemas. The body's text is the truth; the form edits a part of it.
import { el } from "./dom.js";
import { flat } from "./spec.js";

export function input(schema, value, change, attributes = {}) {
  const choices = schema.enum ?? schema["x-extensible-enum"];
  if (schema.type === "boolean" || choices) {
    const options = ["", ...(choices ?? ["true", "false"])];
    return el("select", { ...attributes, onchange: (e) => change(e.target.value) },
      options.map((each) => el("option", { value: each, selected: each === String(value ?? "") }, each === "" ? "—" : each)));
  }
  const placeholder = schema.default !== undefined ? `default ${JSON.stringify(schema.default)}` : undefined;
  return el("input", { ...attributes, value: value ?? "", placeholder, autocomplete: "off", spellcheck: "false",
    inputmode: schema.type === "integer" || schema.type === "number" ? "decimal" : undefined, oninput: (e) => change(e.target.value) });
}

export function field(label, control, { required, description, limits, id }) {
  control.id = id;
  return el("div", { class: "field" },
    el("label", { for: id, class: "label" }, el("span", { class: "mono" }, label), required ? el("span", { class: "star", title: "required" }, " *") : null),
    control, description || limits ? el("small", {}, [description, limits].filter(Boolean).join(" ")) : null, el("small", { class: "fault", id: `${id}-fault` }));
}

export function limits(schema) {
  const parts = [];
  if (schema.format && schema.format !== "uri-reference") parts.push(schema.format);
  if (schema.type === "string" && schema.maxLength && !schema.enum && !schema["x-extensible-enum"]) parts.push(`${schema.minLength ? `${schema.minLength} to ` : "at most "}${schema.maxLength} characters`);
  if (schema.minimum !== undefined && Math.abs(schema.maximum) < 2 ** 31 - 1) parts.push(`${schema.minimum} to ${schema.maximum}`);
  const text = parts.join(", ");
  return text && `${text[0].toUpperCase()}${text.slice(1)}.`;
}

export function pointerId(pointer) {
  return `body${pointer.replaceAll(/[^A-Za-z0-9]/g, "-")}`;
}

/** Fields for the members of an object; `read` and `write` reach the object itself. */
export function members(spec, schema, read, write, pointer = "") {
  const required = new Set(schema.required ?? []);
  return Object.entries(schema.properties ?? {}).map(([name, raw]) => {
    const { schema: member } = flat(spec, raw);
    const at = `${pointer}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    const set = (value) => {
      const object = { ...(read() ?? {}) };
      if (value === undefined) delete object[name];
      else object[name] = value;
      write(Object.keys(object).length || !pointer ? object : undefined);
    };
    const get = () => read()?.[name];
    if (member.type === "object" && member.properties) {
      return el("fieldset", { id: pointerId(at) }, el("legend", { class: "mono" }, name, required.has(name) ? el("span", { class: "star" }, " *") : null),
        members(spec, member, get, set, at));
    }
    const simple = ["string", "integer", "number", "boolean"].includes(member.type);
    const list = member.type === "array" && flat(spec, member.items).schema.type === "string";
    const shown = simple ? get() : list && Array.isArray(get()) ? get().join(", ") : get() === undefined ? "" : JSON.stringify(get());
    const control = input(simple ? member : {}, shown === null ? "" : shown, (text) => set(parse(text, member, simple, list)));
    const hint = simple ? limits(member) : list ? "Several, with commas between." : "JSON.";
    return field(name, control, { required: required.has(name), description: raw.description ?? member.description, limits: hint, id: pointerId(at) });
  });
}

function parse(text, schema, simple, list) {
  if (text === "") return undefined;
  if (list) return text.split(",").map((each) => each.trim()).filter(Boolean);
  if (schema.type === "boolean") return text === "true";
  if (schema.type === "integer" || schema.type === "number") return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
  if (simple) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
