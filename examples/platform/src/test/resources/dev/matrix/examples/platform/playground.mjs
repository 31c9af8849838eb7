// A webhook's life on the playground of a live platform, every other host unresolvable: prints "good", or what isn't.
import { createServer } from "node:http";
import { chromium } from "playwright-core";

const [base, key, folder] = process.argv.slice(2);
const faults = [];
const check = (held, what) => { if (!held) faults.push(what); };
const received = [];
const receiver = createServer((request, reply) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
    reply.writeHead(204).end();
  });
});
await new Promise((ready) => receiver.listen(0, "127.0.0.1", ready));
const hooks = `http://127.0.0.1:${receiver.address().port}/hooks`;
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });

for (const scheme of ["light", "dark"]) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const at = `${scheme}: `;
  page.on("console", (m) => { if (/Content Security|Trusted/i.test(m.text())) faults.push(at + m.text()); });
  page.on("pageerror", (e) => faults.push(at + e.message));
  page.on("request", (r) => { if (!r.url().startsWith(`${base}/`) && !/^(data|blob):/.test(r.url())) faults.push(`${at}foreign request ${r.url()}`); });
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (e) => console.log(`Content Security Policy: ${e.violatedDirective}`)));
  const open = (operation) => page.evaluate((id) => { location.hash = `#/${id}`; }, operation)
    .then(() => page.waitForSelector(`.facts .chip:text-is("${operation}")`));
  const send = async (status) => {
    await page.click("form button.main");
    await page.waitForFunction((text) => document.getElementById("code")?.textContent.startsWith(text), status);
    return JSON.parse(await page.textContent("#reply pre"));
  };

  await page.goto(`${base}/playground`);
  await page.waitForSelector("#list a");
  await page.screenshot({ path: `${folder}/${scheme}-home.png` });
  await page.fill("#key", key);
  await open("createWebhook");
  await page.getByRole("tab", { name: "JSON" }).click();
  await page.fill("[aria-label='Body as JSON']", JSON.stringify({ ownerType: "user", ownerId: `u_${scheme}`, url: hooks, events: ["payment.*"] }));
  const webhook = await send("201");
  check(webhook.secret.startsWith("whsec_"), `${at}no secret`);
  await page.screenshot({ path: `${folder}/${scheme}-webhook.png`, fullPage: true });
  for (const [language, mark] of [["TypeScript", "./matrix.ts"], ["JavaScript", "./matrix.mjs"], ["Python", "webhooks.create("], ["cURL", "curl -X POST"]]) {
    await page.getByRole("tab", { name: language }).click();
    await page.locator("[aria-label=Code]").getByRole("button", { name: "Copy" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    check(copied.includes(mark) && copied.includes(hooks) && !copied.includes(key), `${at}the copy for ${language} is ${copied}`);
  }

  await open("sendWebhookTestEvent");
  await page.fill("#p-path-id", webhook.id);
  await send("202");
  for (let patience = 200; !received.length && patience > 0; patience--) await page.waitForTimeout(50);
  check(received.length === 1, `${at}${received.length} deliveries came`);
  const { headers, body } = received.shift() ?? { headers: {}, body: "" };
  await open("listWebhookDeliveries");
  await page.fill("#p-path-id", webhook.id);
  let delivery = (await send("200")).items[0];
  for (let patience = 40; delivery?.state !== "delivered" && patience > 0; patience--) delivery = (await send("200")).items[0];
  check(delivery?.state === "delivered" && delivery.lastStatus === 204, `${at}the delivery is ${JSON.stringify(delivery)}`);
  await page.screenshot({ path: `${folder}/${scheme}-delivery.png`, fullPage: true });

  await page.evaluate(() => { location.hash = "#/~webhooks"; });
  await page.getByRole("textbox", { name: /^Secret/ }).fill(webhook.secret);
  await page.getByRole("textbox", { name: /^webhook-id/ }).fill(headers["webhook-id"] ?? "");
  await page.getByRole("textbox", { name: /^webhook-timestamp/ }).fill(headers["webhook-timestamp"] ?? "");
  await page.getByRole("textbox", { name: /^webhook-signature/ }).fill(headers["webhook-signature"] ?? "");
  await page.getByRole("textbox", { name: /^Body/ }).fill(body);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.waitForFunction(() => document.querySelector("p.status")?.textContent !== "");
  check(await page.textContent("p.status") === "Genuine and fresh.", `${at}the delivery is verified as: ${await page.textContent("p.status")}`);
  await page.screenshot({ path: `${folder}/${scheme}-verified.png`, fullPage: true });
  await context.close();
}
await browser.close();
receiver.close();
receiver.closeAllConnections();
console.log(faults.length ? faults.join("\n") : "good");
