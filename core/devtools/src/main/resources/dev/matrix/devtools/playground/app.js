// The page: navigation, the operation at hand, its call and the reply.
import { copy, el, save, say, tabs } from "./dom.js";
import { diff } from "./diff.js";
import { field, input, limits, members, pointerId } from "./form.js";
import { request, send } from "./send.js";
import { snippets } from "./snippets.js";
import { body, flat, load, operations, parameters } from "./spec.js";
import { draftOf, newKey, state } from "./store.js";
import { page as webhooksPage } from "./webhooks.js";

const $ = (id) => document.getElementById(id);
const SDKS = { TypeScript: ["typescript", "matrix.ts"], JavaScript: ["javascript", "matrix.mjs"], Python: ["python", "matrix.py"], cURL: ["curl", "matrix.sh"] };

function sidebar() {
  const wanted = $("search").value.trim().toLowerCase().split(/\s+/);
  const here = decodeURIComponent(location.hash.slice(2));
  const groups = new Map();
  for (const each of operations(state.spec)) {
    const text = `${each.id} ${each.path} ${each.summary} ${each.tag} ${each.verb}`.toLowerCase();
    if (wanted.every((word) => text.includes(word))) groups.set(each.tag, [...(groups.get(each.tag) ?? []), each]);
  }
  const link = (href, current, ...content) => el("li", {}, el("a", { href, "aria-current": current ? "page" : undefined }, content));
  $("list").replaceChildren(
    ...[...groups].map(([tag, all]) => el("section", {}, el("h2", {}, tag.replaceAll("-", " ")),
      el("ul", {}, all.map((each) => link(`#/${each.id}`, each.id === here, el("span", { class: `verb ${each.verb}` }, each.verb), each.id))))),
    groups.size ? "" : el("p", { class: "quiet" }, "No operation has that."),
    el("section", {}, el("h2", {}, "Tools"), el("ul", {}, link("#/~webhooks", here === "~webhooks", "Webhook signer and verifier"), link("#/", here === "", "Clients and versions"))));
}

function home() {
  const { info } = state.spec;
  return el("div", {}, el("h1", {}, info.title), el("p", { class: "quiet" }, info.description.replaceAll("`", "")),
    el("h2", {}, "Clients"), el("p", { class: "quiet" }, "One source file each, without dependencies."),
    el("div", { class: "tiles" }, Object.values(SDKS).map(([language, file]) => el("div", { class: "card" }, el("h2", { class: "mono" }, file),
      el("div", { class: "actions" }, el("button", { type: "button", onclick: () => download(language, file) }, `Download ${file}`))))),
    el("p", {}), el("p", {}, el("a", { href: `/v1/openapi.json?version=${state.version}` }, "OpenAPI document"), ` of version ${state.version}`));
}

async function download(language, file) {
  const reply = await fetch(`/v1/sdks/${language}`, { credentials: "omit" });
  if (reply.ok) save(file, await reply.text());
  say(reply.ok ? `${file} is saved.` : `${file} can't be read.`);
}

function operationPage(operation) {
  const draft = draftOf(operation);
  const own = parameters(state.spec, operation);
  const shown = own.filter((each) => !["Idempotency-Key", "Matrix-Version"].includes(each.name));
  const content = body(state.spec, operation);
  if (content && draft.body === null) draft.body = JSON.stringify(content.examples[0]?.value ?? {}, null, 2);
  const keyed = own.some((each) => each.name === "Idempotency-Key");
  const replyBox = el("section", { "aria-label": "Reply" });
  const codeBox = el("section", { class: "card", "aria-label": "Code" });
  const call = () => request(operation, own, draft, content !== null);
  const refresh = () => codeBox.replaceChildren(code(operation, own, call, draft));
  let write = null;
  const run = async (event) => {
    event?.preventDefault();
    write?.();
    await perform(operation, own, call, draft, replyBox, refresh);
  };
  const editor = content ? bodyEditor(content, draft, refresh, (hook) => { write = hook; }) : null;
  refresh();
  return el("article", {},
    el("div", { class: "route mono" }, el("span", { class: `verb ${operation.verb}` }, operation.verb), el("span", {}, operation.path)),
    el("h1", {}, operation.summary),
    el("p", { class: "facts" }, el("span", { class: "chip" }, operation.raw["x-scope"] ? `scope ${operation.raw["x-scope"]}` : operation.raw.security ? "no key needed" : "any key"),
      el("span", { class: "chip" }, operation.id), operation.raw.deprecated ? el("span", { class: "chip warn" }, "deprecated") : null),
    el("form", { class: "card", onsubmit: run, novalidate: true },
      shown.length ? [el("h2", {}, "Parameters"), el("div", { class: "pair" }, shown.map((each) => parameterField(each, draft, refresh)))] : null,
      editor,
      keyed ? keyField(draft, refresh) : null,
      el("div", { class: "actions" }, el("button", { class: "main", type: "submit" }, "Send"),
        keyed ? el("button", { type: "button", id: "again", disabled: true, onclick: run, title: "Sends the same request under the same key" }, "Again") : null)),
    replyBox, codeBox, versionCard(operation));
}

function parameterField(parameter, draft, refresh) {
  const name = `${parameter.in}:${parameter.name}`;
  const { schema } = flat(state.spec, parameter.schema);
  const many = schema.type === "array";
  const control = input(many ? {} : schema, draft.values[name], (value) => {
    draft.values[name] = value;
    refresh();
  });
  return field(parameter.name, control, { required: parameter.required, description: parameter.description,
    limits: many ? "Several, with commas between." : limits(schema), id: `p-${parameter.in}-${parameter.name}` });
}

function keyField(draft, refresh) {
  const control = el("input", { value: draft.key, class: "mono", autocomplete: "off", spellcheck: "false", oninput: (e) => {
    draft.key = e.target.value;
    refresh();
  } });
  const fresh = el("button", { type: "button", onclick: () => {
    draft.key = control.value = newKey();
    refresh();
  } }, "New key");
  return el("div", { class: "beside" }, field("Idempotency-Key", control, { description: "The same key and request do the work once. “Again” sends both once more.", id: "p-key" }), fresh);
}

function bodyEditor(content, draft, refresh, hook) {
  const { schema } = flat(state.spec, content.schema);
  const read = () => {
    try {
      return JSON.parse(draft.body);
    } catch {
      return {};
    }
  };
  const store = (value) => {
    draft.body = JSON.stringify(value ?? {}, null, 2);
    refresh();
  };
  const form = () => el("div", { class: "pair" }, members(state.spec, schema, read, store));
  const json = () => {
    const area = el("textarea", { value: draft.body, rows: Math.min(24, draft.body.split("\n").length + 1), spellcheck: "false", "aria-label": "Body as JSON", oninput: () => {
      draft.body = area.value;
      refresh();
    } });
    hook(() => { draft.body = area.isConnected ? area.value : draft.body; });
    return area;
  };
  const panes = schema.properties ? [["Form", form], ["JSON", json]] : [["JSON", json]];
  const view = tabs("How to edit the body", panes);
  const examples = content.examples.map((each) => el("button", { type: "button", onclick: () => {
    store(each.value);
    view.show(0, false);
  } }, each.name));
  return el("div", {}, el("div", { class: "row" }, el("h2", {}, "Body"), examples.length ? el("div", { class: "actions" }, el("span", { class: "quiet" }, "Examples:"), examples) : null), view.element);
}

async function perform(operation, own, call, draft, box, refresh) {
  const sent = call();
  box.setAttribute("aria-busy", "true");
  for (const each of document.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  for (const each of document.querySelectorAll(".fault")) each.textContent = "";
  try {
    const reply = await send(sent);
    box.replaceChildren(replyCard(reply, sent, () => {
      draft.values["query:cursor"] = reply.json.nextCursor;
      const control = $("p-query-cursor");
      if (control) control.value = reply.json.nextCursor;
      refresh();
      return perform(operation, own, call, draft, box, refresh);
    }));
    mark(reply.json?.errors ?? []);
    const again = $("again");
    if (again) again.disabled = false;
    say(`Status ${reply.status} after ${Math.round(reply.millis)} milliseconds.`);
  } catch {
    box.replaceChildren(el("div", { class: "card" }, el("p", { class: "status bad" }, "No reply: the connection failed.")));
    say("No reply.");
  }
  box.removeAttribute("aria-busy");
}

function mark(errors) {
  let first = null;
  for (const error of errors) {
    const id = error.in === "body" ? pointerId(error.pointer) : `p-${error.in}-${error.name}`;
    const control = $(id);
    const fault = $(`${id}-fault`);
    if (!control) continue;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", `${id}-fault`);
    if (fault) fault.textContent = error.detail;
    first ??= control;
  }
  first?.focus();
}

function replyCard(reply, sent, next) {
  const headers = new Map(reply.headers);
  const good = reply.status >= 200 && reply.status < 300;
  const text = reply.json === undefined ? reply.text : JSON.stringify(reply.json, null, 2);
  const svg = headers.get("content-type")?.startsWith("image/svg+xml");
  return el("div", { class: "card", id: "reply" },
    el("div", { class: "row" }, el("h2", {}, "Reply"), el("span", { class: `status ${good ? "good" : "bad"}`, id: "code" }, String(reply.status), reply.json?.code ? ` ${reply.json.code}` : ""),
      el("span", { class: "quiet" }, `${Math.round(reply.millis)} ms, ${reply.bytes} bytes`),
      headers.get("idempotent-replayed") === "true" ? el("span", { class: "chip warn", id: "replayed" }, "replayed: the first reply, once more") : null),
    reply.json?.errors ? el("ul", { class: "faults" }, reply.json.errors.map((each) => el("li", {}, el("code", {}, each.pointer ?? each.name ?? ""), ` ${each.detail}`))) : null,
    svg ? el("p", {}, el("img", { alt: "The drawing in the reply", height: "160", src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(reply.text)}` })) : null,
    text ? el("pre", { tabindex: "0" }, text) : el("p", { class: "quiet" }, "There is no body."),
    el("p", {}), el("div", { class: "actions" }, text ? copy(() => text) : null,
      typeof reply.json?.nextCursor === "string" ? el("button", { type: "button", id: "next", onclick: next }, "Next page") : null),
    el("details", {}, el("summary", {}, `Headers of the reply (${reply.headers.length})`),
      el("table", {}, reply.headers.map(([name, value]) => el("tr", {}, el("th", { scope: "row", class: "mono" }, name), el("td", { class: "mono" }, value))))),
    el("details", {}, el("summary", {}, "What was sent"), el("pre", { tabindex: "0" }, `${sent.verb} ${sent.target}\n${Object.entries(sent.headers).map(([name, value]) => `${name}: ${value}`).join("\n")}${sent.body ? `\n\n${sent.body}` : ""}`)));
}

let language = "TypeScript";
function code(operation, own, call, draft) {
  const all = snippets(operation, own, call(), draft);
  const chosen = language;
  const view = tabs("Language", all.map(([name, source]) => [name, () => {
    language = name;
    return el("div", {}, el("pre", { tabindex: "0" }, source), el("p", {}), el("div", { class: "actions" }, copy(() => source),
      el("button", { type: "button", onclick: () => download(...SDKS[name]) }, `Download ${SDKS[name][1]}`)));
  }]));
  const at = all.findIndex(([name]) => name === chosen);
  if (at > 0) view.show(at, false);
  return el("div", {}, el("h2", {}, "As code"), view.element);
}

function versionCard(operation) {
  const others = state.versions.filter((each) => each !== state.version);
  if (!others.length) return null;
  const box = el("div");
  return el("section", { class: "card" }, el("h2", {}, "Versions"), el("div", { class: "actions" }, others.map((each) =>
    el("button", { type: "button", onclick: async () => box.replaceChildren(await diff(state.spec, each, operation.id)) }, `Compare with ${each}`))), el("p", {}), box);
}

function show() {
  const id = decodeURIComponent(location.hash.slice(2));
  const operation = operations(state.spec).find((each) => each.id === id);
  $("main").replaceChildren(id === "~webhooks" ? webhooksPage(state.spec) : operation ? operationPage(operation) : home());
  document.title = `${operation ? operation.id : id === "~webhooks" ? "Webhooks" : "Matrix"} – playground`;
  sidebar();
}

async function useVersion(version) {
  state.spec = await load(version);
  state.drafts.clear(); // they have the shapes of the version before
  state.version = state.spec.info.version;
  state.versions = state.spec["x-versions"] ?? [state.version];
  $("version").replaceChildren(...state.versions.map((each) => el("option", { value: each, selected: each === state.version }, each)));
  show();
}

$("key").addEventListener("input", (e) => { state.key = e.target.value.trim(); });
$("version").addEventListener("change", (e) => useVersion(e.target.value));
$("search").addEventListener("input", sidebar);
addEventListener("hashchange", () => {
  show();
  $("main").focus();
  scrollTo(0, 0);
});
addEventListener("keydown", (e) => {
  if (e.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement?.tagName ?? "")) {
    e.preventDefault();
    $("search").focus();
  }
});
useVersion("").catch((e) => $("main").replaceChildren(el("p", { class: "status bad", role: "alert" }, e.message)));
