// What Chromium makes of pages. Reads [{ name, html, hostile? }] from standard input, prints what it saw as JSON.
// A process of its own, because Jest's modules are not those of Node.js.
import { accessSync, constants } from 'node:fs'
import { createServer } from 'node:http'
import { delimiter, join } from 'node:path'
import { text } from 'node:stream/consumers'
import axe from 'axe-core'
import { chromium } from 'playwright-core'

const widths = [320, 360, 830, 1280]

/** Where Chromium is; Debian calls it so, others otherwise. */
function installed() {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const paths = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
  const found = paths.find((path) => {
    try {
      accessSync(path, constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  if (found) return found
  process.stderr.write(`no Chromium on PATH: apt-get install chromium (tried ${names.join(', ')})\n`)
  process.exit(1)
}

const pages = JSON.parse(await text(process.stdin))
const server = createServer((request, response) => {
  const found = pages[Number(request.url?.slice(1))]
  response.writeHead(found ? 200 : 204, { 'content-type': 'text/html; charset=utf-8' }).end(found?.html)
})
await new Promise((done) => server.listen(0, '127.0.0.1', done))
const origin = `http://127.0.0.1:${server.address().port}`
const browser = await chromium.launch({
  executablePath: installed(),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

/** Opens a page as somebody has it before them, and notes whatever it asks for and whatever it complains of. */
async function opened(index, { hasScripts = true, ...options }, ask) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const [requests, complaints] = [[], []]
  context.on('request', (request) => {
    if (request.url() !== `${origin}/${index}`) requests.push(request.url())
  })
  try {
    const page = await context.newPage()
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`)
      void dialog.dismiss()
    })
    // Afterwards scripts may run again, so that this one can look around; those of the page have had their time.
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setScriptExecutionDisabled', { value: !hasScripts })
    await page.goto(`${origin}/${index}`)
    await session.send('Emulation.setScriptExecutionDisabled', { value: false })
    return { ...(await ask(page)), requests, complaints }
  } finally {
    await context.close()
  }
}

const violations = async (page) => {
  await page.evaluate(axe.source)
  const { violations: found } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }))
  return found.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 200))
        .join(' | ')}`,
  )
}

const ways = [
  { name: 'light', options: { colorScheme: 'light' } },
  { name: 'dark', options: { colorScheme: 'dark' } },
  { name: 'without JavaScript', options: { hasScripts: false } },
  { name: 'on a phone', options: { viewport: { width: 360, height: 780 }, hasTouch: true, isMobile: true } },
]

const hops = 'figure a'
const told = (page) => page.locator('#told')

/** What Tab reaches among the hops, and what is told of each. */
async function byKeyboard(page) {
  const wanted = await page.locator(hops).count()
  const reached = []
  for (let presses = 0; reached.length < wanted && presses < wanted + 60; presses++) {
    await page.keyboard.press('Tab')
    const at = await page.evaluate(() => {
      const active = document.activeElement
      return active?.closest('figure')
        ? {
            href: active.getAttribute('href'),
            name: active.getAttribute('aria-label') ?? active.textContent,
            told: document.getElementById(active.getAttribute('aria-describedby') ?? '')?.textContent ?? '',
          }
        : undefined
    })
    if (at) reached.push(at)
  }
  await page.keyboard.press('Escape')
  const hidden = await told(page).isHidden()
  const led = page.waitForEvent('framenavigated')
  await page.keyboard.press('Enter')
  await led
  return { wanted, reached, hidden, hash: new URL(page.url()).hash }
}

/** What is told of the last box, when a mouse rests on it, or somebody clicks or taps. */
async function byPointer(page, act) {
  const box = page.locator('figure a .box').last()
  await box.evaluate((element) => element.scrollIntoView({ block: 'center' }))
  const { x, y, width, height } = await box.boundingBox()
  await act(page, x + width / 2, y + height / 2)
  return { told: (await told(page).isVisible()) ? await told(page).textContent() : '', hash: new URL(page.url()).hash }
}

const rest = (page, x, y) => page.mouse.move(x, y)
const click = (page, x, y) => page.mouse.click(x, y)
const tap = (page, x, y) => page.touchscreen.tap(x, y)

const overflow = async (page) => {
  const found = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    if (wide > 0) found.push(`${wide} px at ${width}`)
  }
  return found
}

async function printed(page) {
  const pdf = await page.pdf({ format: 'A4' })
  await page.emulateMedia({ media: 'print' })
  const rows = page.locator('.resources tbody tr')
  return {
    pages: (pdf.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []).length,
    resources: await rows.count(),
    shown: await rows.evaluateAll((all) => all.filter((each) => each.checkVisibility()).length),
    background: await page.evaluate(() => getComputedStyle(document.body).backgroundColor),
  }
}

/** Everything is hovered over, focused and opened; whatever ran has left its mark. */
async function provoked(page) {
  for (const link of await page.locator(hops).all()) await link.focus()
  for (const summary of await page.locator('summary').all()) await summary.focus()
  await page.evaluate(() => {
    for (const each of document.querySelectorAll('*'))
      for (const kind of ['mouseover', 'mouseenter', 'focus', 'pointerenter', 'toggle', 'load', 'error'])
        each.dispatchEvent(new Event(kind))
  })
  return { ran: await page.evaluate(() => Object.keys(globalThis).filter((name) => name.startsWith('ran'))) }
}

const results = []
for (const [index, { name, hostile }] of pages.entries()) {
  const looks = {}
  for (const { name: way, options } of ways)
    looks[way] = await opened(index, options, async (page) => ({ violations: await violations(page) }))
  results.push({
    name,
    looks,
    keyboard: await opened(index, {}, byKeyboard),
    mouse: await opened(index, {}, (page) => byPointer(page, rest)),
    finger: await opened(index, ways[3].options, (page) => byPointer(page, tap)),
    withoutScript: await opened(index, ways[2].options, (page) => byPointer(page, click)),
    narrow: await opened(index, {}, async (page) => ({ overflow: await overflow(page) })),
    print: await opened(index, { colorScheme: 'dark' }, printed),
    ...(hostile
      ? {
          guarded: await opened(index, {}, provoked),
          // The policy would hold back what the escaping let through, so it is asked without it, too.
          unguarded: await opened(index, { bypassCSP: true }, provoked),
        }
      : {}),
  })
}
await browser.close()
server.close()
process.stdout.write(JSON.stringify(results))
