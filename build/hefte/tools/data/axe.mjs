// axe.mjs PLAN OUT: documents of ebooks, or pages, into what axe-core finds in each by day and by night, on a screen of 320
// CSS pixels; how far each is too wide for it, and what is cut off, with the text as it is and spaced as WCAG 2.2, 1.4.12 has it.
//
// PLAN is JSON: `modules` (a folder node_modules), `chromium`, `flags`, `pages` (how many at once), `without` (rules of
// axe-core that are left out), `works` (of each: `folder`, `documents`, `reflows`). OUT becomes a list, one entry for each document.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

const [planned, out] = process.argv.slice(2)
const plan = JSON.parse(fs.readFileSync(planned, 'utf8'))
const require = createRequire(path.join(plan.modules, 'x.js'))
const { chromium } = require('playwright-core')
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')

const ORIGIN = 'http://book.invalid'
const TYPES = {
  '.css': 'text/css', '.gif': 'image/gif', '.htm': 'text/html', '.html': 'text/html', '.jpeg': 'image/jpeg', '.jpg': 'image/jpeg',
  '.otf': 'font/otf', '.png': 'image/png', '.svg': 'image/svg+xml', '.ttf': 'font/ttf', '.webp': 'image/webp',
  '.woff': 'font/woff', '.woff2': 'font/woff2', '.xhtml': 'application/xhtml+xml', '.xml': 'application/xhtml+xml',
}
const PAGE_MS = 15_000
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const OF_COLOUR = ['color-contrast', 'link-in-text-block'] // the other rules do not see whether it is night
// axe-core takes the paper for white where no colour is set. By night it is not: name the colour that it has.
const PAPER = ':where(:root) { background-color: Canvas }'
const SPACED = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }`

// The next three run inside the page. DPUB-ARIA 1.1 lets a page break be named by aria-label, which axe-core does not know yet.
const examine = async ([tags, only, without]) => {
  const rules = Object.fromEntries(without.map(id => [id, { enabled: false }]))
  const runOnly = only ? { type: 'rule', values: only } : { type: 'tag', values: tags }
  const { violations, incomplete } = await axe.run(document, { runOnly, rules, resultTypes: ['violations', 'incomplete'] })
  const isPageBreak = ({ html }) => /role="doc-pagebreak"/.test(html.slice(0, html.indexOf('>')))
  const listed = results => results.flatMap(({ id, impact, help, helpUrl, nodes }) => nodes
    .filter(node => !(/^aria-(allowed|prohibited)-attr$/.test(id) && isPageBreak(node)))
    .map(({ target }) => ({ rule: id, impact, help, url: helpUrl, target: target.flat().join(' ') })))
  return { violations: listed(violations), unsure: listed(incomplete) }
}
const measure = () => {
  const screen = document.documentElement
  const name = ({ localName, id, classList }) => localName + (id ? `#${id}` : [...classList].map(one => `.${one}`).join(''))
  const wide = screen.scrollWidth - screen.clientWidth
  // The innermost of what stands out furthest is what has to be mended.
  const range = document.createRange()
  const out = element => {
    range.selectNodeContents(element) // text may stand out of the box that it is in
    const boxes = [element.getBoundingClientRect(), range.getBoundingClientRect()].filter(box => box.width)
    return Math.max(0, ...boxes.map(({ left, right }) => Math.max(right - screen.clientWidth, -left)))
  }
  const furthest = elements => elements.reduce((most, one) => (out(one) && out(one) >= out(most) ? one : most), screen.ownerDocument.body)
  const all = [...(document.body?.querySelectorAll('*') ?? [])]
  const cut = all.filter(element => {
    const { overflowX, overflowY, clip, clipPath } = getComputedStyle(element)
    const [across, down] = [overflowX, overflowY].map(value => value === 'hidden' || value === 'clip')
    const hiddenForEyes = element.clientWidth < 3 || element.clientHeight < 3 || clip !== 'auto' || clipPath !== 'none'
    return !hiddenForEyes && element.innerText?.trim()
      && ((across && element.scrollWidth > element.clientWidth + 1) || (down && element.scrollHeight > element.clientHeight + 1))
  })
  return { wide, widest: wide > 0 ? name(furthest(all)) : null, cut: cut.map(name) }
}
const paper = () => getComputedStyle(document.documentElement).backgroundColor

const answer = (route, folder, missed) => {
  const url = new URL(route.request().url())
  const file = url.origin === ORIGIN && path.join(folder, ...decodeURIComponent(url.pathname).split('/'))
  if (file && fs.statSync(file, { throwIfNoEntry: false })?.isFile()) {
    // A book's own scripts do not run here: nobody vouches for them.
    const headers = { 'content-security-policy': "script-src 'none'" }
    return route.fulfill({ body: fs.readFileSync(file), contentType: TYPES[path.extname(file).toLowerCase()], headers })
  }
  missed.push(url.href)
  return route.abort()
}

// A page that shows what `now` says: which folder, and what of it was asked for in vain.
const open = async (browser, now) => {
  const context = await browser.newContext({
    viewport: { width: 320, height: 800 }, reducedMotion: 'reduce', acceptDownloads: false,
  })
  await context.route('**/*', route => answer(route, now.folder, now.missed))
  const page = await context.newPage()
  page.setDefaultTimeout(PAGE_MS)
  return page
}

const look = async (page, { document, reflows }, missed) => {
  try {
    await page.emulateMedia({ colorScheme: 'light' })
    await page.goto(`${ORIGIN}/${document.split('/').map(encodeURIComponent).join('/')}`)
    await page.evaluate('document.fonts.ready.then(() => true)')
    await page.addStyleTag({ content: PAPER })
    await page.evaluate(AXE)
    const light = { ...await page.evaluate(examine, [TAGS, null, plan.without]), paper: await page.evaluate(paper) }
    await page.emulateMedia({ colorScheme: 'dark' })
    const dark = { ...await page.evaluate(examine, [TAGS, OF_COLOUR, []]), paper: await page.evaluate(paper) }
    if (!reflows) return { light, dark, missed }
    await page.emulateMedia({ colorScheme: 'light' })
    const asIs = await page.evaluate(measure)
    await page.addStyleTag({ content: SPACED })
    return { light, dark, missed, asIs, spaced: await page.evaluate(measure) }
  } catch (error) {
    return { missed, failed: String(error.message ?? error).split('\n')[0] }
  }
}

const waiting = plan.works.flatMap(({ folder, documents, reflows }, work) => documents.map(
  document => ({ work, folder, document, reflows })))
const browser = await chromium.launch({ executablePath: plan.chromium, args: plan.flags, timeout: 60_000 })
try {
  const looks = new Array(waiting.length)
  let next = 0
  const worker = async () => {
    const now = {}
    let page = await open(browser, now)
    for (let n = next++; n < waiting.length; n = next++) {
      const { work, folder, document } = waiting[n], missed = []
      Object.assign(now, { folder, missed })
      looks[n] = { work, document, ...await look(page, waiting[n], missed) }
      if (!looks[n].failed) continue
      await page.context().close() // what could not be looked at may still be busy
      page = await open(browser, now)
    }
  }
  await Promise.all(Array.from({ length: plan.pages }, worker))
  fs.writeFileSync(out, JSON.stringify(looks))
} finally {
  await browser.close()
}
