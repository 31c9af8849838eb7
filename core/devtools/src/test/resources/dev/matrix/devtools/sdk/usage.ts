// How callers write: compiled, never run.
import { ApiError, Matrix, NotFoundError, verifyWebhook } from "./matrix.js";
import type { Thing, ThingState, WebhookEvent } from "./matrix.js";

const matrix = new Matrix({ apiKey: "key", baseUrl: "https://example.com/base/" });

const made: Thing = await matrix.things.create({ name: "n", note: null, "x-y": "1", constructor: "c", toString: "t" }, { idempotencyKey: "k" });
const note: string | null = made.note;
if (made.shape?.type === "circle") made.shape.radius.toFixed(note?.length);
const state: ThingState = "open";
for await (const each of matrix.things.list({ limit: 2, tag: ["a"], state })) each.id.trim();
if (made.state !== state && made.state !== "closed") made.state.trim();
for await (const page of matrix.things.list().pages()) page.items.map((each) => each.name);
const { data, requestId } = await matrix.things.get("th_1").withResponse();
data.id.concat(requestId ?? "");
await matrix.things.delete("th_1");
try {
  await matrix.things.update("th_1", { ifMatch: '"1"', note: null });
} catch (e) {
  if (e instanceof NotFoundError) e.problem?.detail?.trim();
  if (e instanceof ApiError && e.status === 429) e.retryAfter?.toFixed();
}
const event: WebhookEvent = await verifyWebhook(new Uint8Array(), new Headers(), ["whsec_"]);
if (event.type === "invoice.paid") event.data.id.trim();

// @ts-expect-error a required member is missing
matrix.things.create({});
// @ts-expect-error there is no such state
matrix.things.list({ state: "lost" });
// @ts-expect-error there is no such member
matrix.things.list({ nothing: 1 });
