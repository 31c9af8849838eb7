// The playground in Chromium, every other host unresolvable (C23): prints "good", or what isn't.
import { chromium } from "playwright-core";

const [base, key, folder] = process.argv.slice(2);
const faults = [];
const check = (held, what) => { if (!held) faults.push(what); };
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"] });

for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 360]]) {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  const at = `${scheme} ${width}: `;
  page.on("console", (m) => { if (/Content Security|Trusted/i.test(m.text())) faults.push(at + m.text()); });
  page.on("pageerror", (e) => faults.push(at + e.message));
  page.on("request", (r) => { if (!r.url().startsWith(`${base}/`) && !/^(data|blob):/.test(r.url())) faults.push(`${at}foreign request ${r.url()}`); });
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (e) => console.log(`Content Security Policy: ${e.violatedDirective}`)));

  await page.goto(`${base}/playground?url=https://elsewhere.example/openapi.json#/createPicture`);
  await page.waitForSelector("form");
  check((await page.textContent("main")).includes("<u id=markup>this</u> is text.") && await page.locator("#markup").count() === 0,
    `${at}a description isn't text`);
  await page.fill("#key", key);
  await page.click("form button.main");
  await page.waitForSelector("#code");
  check((await page.textContent("#code")).trim() === "201", `${at}create from the example gives ${await page.textContent("#code")}`);
  await page.click("#again");
  await page.waitForSelector("#replayed", { timeout: 5000 }).catch(() => faults.push(`${at}again isn't replayed`));
  check(!(await page.textContent("main")).includes(key), `${at}the page shows the key`);

  await page.fill("#body-title", "x".repeat(81));
  await page.click("form button.main");
  await page.waitForSelector("#body-title[aria-invalid=true]", { timeout: 5000 }).catch(() => faults.push(`${at}the wrong field isn't marked`));
  check(await page.evaluate(() => document.activeElement.id) === "body-title", `${at}the wrong field isn't focused`);
  await page.evaluate(() => scrollTo(0, 0)); // else the bar stands in the middle of the picture
  await page.screenshot({ path: `${folder}/${scheme}-${width}.png`, fullPage: true });

  for (let i = 0; i < 2; i++) {
    await page.goto(`${base}/playground#/createPicture`);
    await page.fill("#key", key); // a page that was loaded anew knows none
    await page.fill("#body-title", `Another ${i}`);
    await page.getByRole("button", { name: "New key" }).click();
    await page.click("form button.main");
    await page.waitForFunction((title) => document.querySelector("#reply pre")?.textContent.includes(title), `Another ${i}`);
  }
  await page.goto(`${base}/playground#/listPictures`);
  await page.fill("#p-query-limit", "1");
  await page.click("form button.main");
  await page.click("#next");
  await page.waitForFunction(() => document.getElementById("p-query-cursor").value !== "");
  for (const language of ["JavaScript", "Python", "cURL", "TypeScript"]) {
    await page.getByRole("tab", { name: language }).click();
    check((await page.textContent("[aria-label=Code] pre")).includes("pictures"), `${at}no ${language}`);
  }
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download matrix.ts" }).click()]);
  check(download.suggestedFilename() === "matrix.ts", `${at}download is ${download.suggestedFilename()}`);

  await page.goto(`${base}/playground#/createPicture`);
  await page.getByRole("button", { name: "Compare with 2026-11-01" }).click();
  await page.waitForSelector("main ins");
  check((await page.locator("main del").allTextContents()).some((line) => line.includes('"caption"')), `${at}the comparison hides what went`);
  check((await page.locator("main ins").allTextContents()).every((line) => line.includes("title")), `${at}the comparison shows more than the title`);
  await page.screenshot({ path: `${folder}/${scheme}-${width}-versions.png`, fullPage: true });
  await page.selectOption("#version", "2026-11-01");
  await page.waitForSelector("#body-caption");
  await page.fill("#key", key);
  await page.getByRole("button", { name: "a circle" }).click();
  await page.getByRole("button", { name: "New key" }).click();
  await page.click("form button.main");
  await page.waitForFunction(() => document.querySelector("#reply pre")?.textContent.includes('"caption"'));
  await page.selectOption("#version", "2026-11-15");
  await page.waitForSelector("#body-title");

  await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  await page.keyboard.type("svg");
  check(await page.locator("#list a").count() === 3, `${at}search finds ${await page.locator("#list a").count()}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForSelector("h1:has-text('Draws a picture')");

  await page.goto(`${base}/playground#/~webhooks`);
  await page.getByRole("textbox", { name: /^Secret/ }).fill("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  await page.getByRole("button", { name: "Sign" }).click();
  await page.getByRole("button", { name: "Verify" }).click();
  await page.waitForFunction(() => document.querySelector("p.status")?.textContent === "Genuine and fresh.");
  await page.getByRole("textbox", { name: /^Body/ }).fill("{ }");
  await page.getByRole("button", { name: "Verify" }).click();
  await page.waitForFunction(() => document.querySelector("p.status")?.textContent.startsWith("This secret made none"));

  check(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${at}it scrolls sideways`);
  const unnamed = await page.evaluate(() => [...document.querySelectorAll("button, input, select, textarea, a")]
    .filter((each) => !each.textContent.trim() && !each.labels?.length && !each.getAttribute("aria-label")).length);
  check(unnamed === 0, `${at}${unnamed} controls have no name`);
  const kept = await page.evaluate(() => localStorage.length + sessionStorage.length + document.cookie.length);
  check(kept === 0 && (await context.cookies()).length === 0, `${at}something is stored`);
  await context.close();
}
await browser.close();
console.log(faults.length ? faults.join("\n") : "good");
