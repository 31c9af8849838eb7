// Plays the scenarios on a JavaScript client: driver.mjs CLIENT SCENARIOS; a line of JSON each.
import { readFileSync } from "node:fs";
import { inspect } from "node:util";
import { pathToFileURL } from "node:url";

const [client, file] = process.argv.slice(2);
const loaded = await import(pathToFileURL(client).href);
const sdk = loaded.Matrix ? loaded : loaded.default;
const { Matrix, verifyWebhook } = sdk;

function clock(scenario, waits, abort) {
  let now = Date.parse("2026-11-27T00:00:00Z");
  return {
    now: () => now,
    random: () => scenario.random ?? 0.5,
    wait: async (ms, signal) => {
      waits.push(ms / 1000);
      now += ms;
      if (abort) {
        const ended = new Promise((_, failed) => signal.addEventListener("abort", () => failed(new sdk.AbortError("aborted"))));
        abort.abort();
        await ended;
      }
    },
  };
}

async function play(scenario, matrix, abort) {
  const { operation, path = [], request, options = {} } = scenario.call;
  const [namespace, method] = operation.split(".");
  const given = { idempotencyKey: options.idempotencyKey, retries: options.retries, headers: options.headers };
  if (options.timeout !== undefined) given.timeout = options.timeout * 1000;
  if (abort) given.signal = abort.signal;
  if (options.abortAfter) setTimeout(() => abort.abort(), options.abortAfter * 1000);
  const args = [...path, ...(request ? [request] : matrix[namespace][method].length > path.length + 1 ? [{}] : []), given];
  const call = matrix[namespace][method](...args);
  if (scenario.read === "items" || scenario.read === "pages") {
    const all = [];
    for await (const each of scenario.read === "items" ? call : call.pages()) all.push(scenario.read === "items" ? each : each.items);
    return all;
  }
  if (scenario.read === "parallel") {
    const iterator = call[Symbol.asyncIterator]();
    const results = await Promise.all([1, 2, 3, 4].map(() => iterator.next()));
    return results.filter((each) => !each.done).map((each) => each.value);
  }
  if (scenario.read === "response") {
    const { data, status, requestId, replayed } = await call.withResponse();
    return { data, status, requestId, replayed };
  }
  return await call;
}

for (const scenario of JSON.parse(readFileSync(file, "utf8"))) {
  const waits = [];
  const options = scenario.call?.options ?? {};
  const abort = options.abortOnWait || options.abortAfter ? new AbortController() : undefined;
  const result = { name: scenario.name, waits };
  try {
    if (scenario.verify) {
      const { body, headers, secrets, now } = scenario.verify;
      result.data = await verifyWebhook(new TextEncoder().encode(body), headers, secrets, 300, now);
    } else {
      const timer = clock(scenario, waits, options.abortOnWait ? abort : undefined);
      const matrix = new Matrix({ apiKey: scenario.apiKey, baseUrl: scenario.baseUrl, clock: timer });
      result.forms = [String(matrix), inspect(matrix, { depth: 9, showHidden: true }), JSON.stringify(matrix)];
      result.data = (await play(scenario, matrix, abort)) ?? null;
    }
  } catch (e) {
    result.error = { kind: e.name, status: e.status, code: e.code, retryAfter: e.retryAfter };
    result.forms = [...(result.forms ?? []), String(e), inspect(e, { depth: 9, showHidden: true }), String(e.stack)];
  }
  console.log(JSON.stringify(result));
}
process.exit(0);
