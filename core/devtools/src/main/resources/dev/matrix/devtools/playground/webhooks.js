// Signs and verifies webhooks by Standard Webhooks 1.0.0, here in the page: the secret goes nowhere.
import { copy, el } from "./dom.js";
import { examplesOf } from "./spec.js";

const utf8 = new TextEncoder();

function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

async function hmac(secret, usage) {
  return crypto.subtle.importKey("raw", bytes(secret.trim().replace(/^whsec_/, "")), { name: "HMAC", hash: "SHA-256" }, false, [usage]);
}

export async function sign(secret, id, timestamp, body) {
  const signature = await crypto.subtle.sign("HMAC", await hmac(secret, "sign"), utf8.encode(`${id}.${timestamp}.${body}`));
  return `v1,${btoa(String.fromCharCode(...new Uint8Array(signature)))}`;
}

export async function verify(secret, id, timestamp, signature, body, now = Date.now() / 1000) {
  if (!/^\d{1,12}$/.test(timestamp)) return "The timestamp is no number of seconds.";
  const key = await hmac(secret, "verify");
  for (const each of signature.split(" ").filter((part) => part.startsWith("v1,"))) {
    let listed;
    try {
      listed = bytes(each.slice(3));
    } catch {
      continue;
    }
    if (await crypto.subtle.verify("HMAC", key, listed, utf8.encode(`${id}.${timestamp}.${body}`))) {
      return Math.abs(now - Number(timestamp)) > 300 ? "The signature is right, but the timestamp is more than 300 seconds off." : "";
    }
  }
  return "This secret made none of the signatures.";
}

export function page(spec) {
  const events = Object.entries(spec.webhooks ?? {});
  const area = (label, value, rows) => {
    const control = el("textarea", { value, rows, spellcheck: "false" });
    return [el("label", { class: "field" }, el("span", {}, label), control), control];
  };
  const line = (label, value, hint) => {
    const control = el("input", { value, autocomplete: "off", spellcheck: "false", class: "mono" });
    return [el("label", { class: "field" }, el("span", {}, label), control, hint ? el("small", {}, hint) : null), control];
  };
  const [secretField, secret] = line("Secret", "", "whsec_ and base64. It stays in this page.");
  const [idField, id] = line("webhook-id", "msg_1");
  const [timeField, time] = line("webhook-timestamp", String(Math.floor(Date.now() / 1000)), "Seconds since 1970.");
  const [signatureField, signature] = line("webhook-signature", "");
  const [bodyField, body] = area("Body, byte for byte as sent", "{}", 10);
  const choice = el("select", { onchange: () => {
    const media = spec.webhooks[choice.value]?.post?.requestBody?.content?.["application/json"];
    const example = examplesOf(media)[0]?.value;
    if (example) {
      body.value = JSON.stringify(example);
      id.value = example.id;
    }
  } }, el("option", { value: "" }, "—"), events.map(([name]) => el("option", { value: name }, name)));
  const outcome = el("p", { class: "status", role: "status" });
  const tell = (good, text) => {
    outcome.className = `status ${good ? "good" : "bad"}`;
    outcome.textContent = text;
  };
  const safely = (work) => async () => {
    try {
      await work();
    } catch {
      tell(false, "The secret is no base64; a secret is whsec_ and base64.");
    }
  };
  return el("div", {},
    el("h1", {}, "Webhook signer and verifier"),
    el("p", { class: "quiet" }, "Signatures by Standard Webhooks 1.0.0. Everything is worked out in this page; nothing is sent."),
    el("div", { class: "card" },
      el("label", { class: "field" }, el("span", {}, "Example event"), choice), bodyField,
      el("div", { class: "pair" }, secretField, idField, timeField, signatureField),
      el("div", { class: "actions" },
        el("button", { type: "button", class: "main", onclick: safely(async () => {
          signature.value = await sign(secret.value, id.value, time.value, body.value);
          tell(true, "Signed.");
        }) }, "Sign"),
        el("button", { type: "button", onclick: safely(async () => {
          const fault = await verify(secret.value, id.value, time.value, signature.value, body.value);
          tell(!fault, fault || "Genuine and fresh.");
        }) }, "Verify"),
        copy(() => `webhook-id: ${id.value}\nwebhook-timestamp: ${time.value}\nwebhook-signature: ${signature.value}`), outcome)));
}
