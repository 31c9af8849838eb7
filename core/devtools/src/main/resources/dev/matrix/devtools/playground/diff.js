// What differs between two versions of one operation, line by line.
import { el } from "./dom.js";
import { load, operations, resolve } from "./spec.js";

/** An operation with every reference written out, so that a change in a type shows. */
function whole(spec, value, depth = 0) {
  if (depth > 12 || value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map((each) => whole(spec, each, depth + 1));
  const found = value.$ref ? resolve(spec, value) : value;
  return Object.fromEntries(Object.entries(found).filter(([name]) => !name.startsWith("x-")).map(([name, each]) => [name, whole(spec, each, depth + 1)]));
}

function lines(spec, id) {
  const operation = operations(spec).find((each) => each.id === id);
  if (!operation) return [];
  const { parameters, requestBody, responses } = operation.raw;
  return JSON.stringify(whole(spec, { parameters, requestBody, responses }), null, 2).split("\n");
}

/** The longest common subsequence, over lines. */
function compare(a, b) {
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start++;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  const left = a.slice(start, a.length - end);
  const right = b.slice(start, b.length - end);
  if (left.length * right.length > 4e6) return [...left.map((line) => ["del", line]), ...right.map((line) => ["ins", line])];
  const best = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1));
  for (let i = left.length - 1; i >= 0; i--) {
    for (let j = right.length - 1; j >= 0; j--) best[i][j] = left[i] === right[j] ? best[i + 1][j + 1] + 1 : Math.max(best[i + 1][j], best[i][j + 1]);
  }
  const out = [];
  for (let i = 0, j = 0; i < left.length || j < right.length;) {
    if (i < left.length && j < right.length && left[i] === right[j]) { out.push(["", left[i++]]); j++; }
    else if (j < right.length && (i === left.length || best[i][j + 1] >= best[i + 1]?.[j])) out.push(["ins", right[j++]]);
    else out.push(["del", left[i++]]);
  }
  return out;
}

export async function diff(spec, other, id) {
  const older = await load(other);
  const changes = compare(lines(older, id), lines(spec, id)).filter(([kind]) => kind);
  if (!changes.length) return el("p", { class: "quiet" }, `Nothing differs from ${other}.`);
  return el("pre", {}, changes.map(([kind, line]) => [el(kind, {}, `${kind === "ins" ? "+" : "−"} ${line}`), "\n"]));
}
