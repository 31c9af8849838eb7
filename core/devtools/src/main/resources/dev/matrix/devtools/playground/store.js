// What the page knows while it is open. Nothing of it is ever stored.

export const state = { key: "", version: "", versions: [], spec: null, drafts: new Map() };

/** A draft of a call: path and query values, headers, the body's text, the idempotency key. */
export function draftOf(operation) {
  let draft = state.drafts.get(operation.id);
  if (!draft) {
    draft = { values: {}, body: null, key: newKey() };
    state.drafts.set(operation.id, draft);
  }
  return draft;
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `play-${Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("")}`;
}
