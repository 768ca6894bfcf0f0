// axe.mjs OUT CHROMIUM FLAGS FOLDER: the XHTML files in a folder into what axe-core finds in each, by day and by night, on
// a screen of 320 CSS pixels; and how far the page is too wide for it, with the text spaced as WCAG 2.2, 1.4.12 has it.
import fs from 'node:fs'
import { ORIGIN, open, require, run } from './browser.mjs'

const [out, program, flags, folder] = process.argv.slice(2)
const AXE = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
// A document of a book is no web page by itself; Ace leaves out the same.
const NOT_FOR_BOOKS = [
  'bypass', 'region', 'page-has-heading-one', 'landmark-one-main', 'landmark-complementary-is-top-level',
]
const SPACED = `* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }`

// Runs inside the page. DPUB-ARIA 1.1 lets a page break be named by aria-label, which axe-core does not know yet.
const examine = async ([tags, without]) => {
  const rules = Object.fromEntries(without.map(id => [id, { enabled: false }]))
  const { violations, incomplete } = await axe.run(document, { runOnly: tags, rules })
  const isPageBreak = ({ html }) => /role="doc-pagebreak"/.test(html.slice(0, html.indexOf('>')))
  const listed = results => results.flatMap(({ id, impact, help, nodes }) => nodes
    .filter(node => !(/^aria-(allowed|prohibited)-attr$/.test(id) && isPageBreak(node)))
    .map(({ target }) => ({ rule: id, impact, help, target: target.join(' ') })))
  return { violations: listed(violations), unsure: listed(incomplete) }
}
// axe-core takes the paper for white where no colour is set. By night it is not: name the colour that it has.
const PAPER = ':where(:root) { background-color: Canvas }'
const tooWide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth

const look = async ({ page, missed, errors }, document, scheme) => {
  await page.goto(`${ORIGIN}/book/${document.split('/').map(encodeURIComponent).join('/')}`)
  await page.waitForFunction(name => matchMedia(`(prefers-color-scheme: ${name})`).matches, scheme)
  await page.evaluate('document.fonts.ready.then(() => true)')
  await page.addStyleTag({ content: PAPER })
  await page.evaluate(AXE)
  const { violations, unsure } = await page.evaluate(examine, [TAGS, NOT_FOR_BOOKS])
  const overflow = await page.evaluate(tooWide)
  await page.addStyleTag({ content: SPACED })
  const overflowSpaced = await page.evaluate(tooWide)
  const paper = await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
  return {
    document, scheme, violations, unsure, overflow, overflowSpaced, paper,
    missed: missed.splice(0), errors: errors.splice(0),
  }
}

await run(out, program, JSON.parse(flags), async browser => {
  const documents = fs.readdirSync(folder, { recursive: true }).filter(name => name.endsWith('.xhtml')).sort()
  const looks = []
  for (const scheme of ['light', 'dark']) {
    const opened = await open(browser, {
      folders: { book: folder }, viewport: { width: 320, height: 800 }, colorScheme: scheme, reducedMotion: 'reduce',
    })
    for (const document of documents) looks.push(await look(opened, document, scheme))
  }
  return looks
})
