// foliate.mjs OUT CHROMIUM FLAGS BOOK: an EPUB into what foliate-js, a reader of ebooks, makes of it, as JSON.
// For each entry of its contents and its page list: whether the place exists, and what the reader shows there.
import path from 'node:path'
import { ORIGIN, open, require, run } from './browser.mjs'

const [out, program, flags, book] = process.argv.slice(2)
const FOLIATE = path.dirname(require.resolve('foliate-js/view.js'))
const EMPTY = '<!DOCTYPE html><body style="margin: 0"></body>'

// Runs inside the page.
const read = async url => {
  const { TOCProgress } = await import('/foliate/progress.js')
  await import('/foliate/view.js')
  const view = document.createElement('foliate-view')
  view.style.cssText = 'display: block; width: 100vw; height: 100vh'
  document.body.append(view)
  await view.open(new File([await (await fetch(url)).blob()], 'book.epub', { type: 'application/epub+zip' }))
  const { book } = view

  const flat = (items, depth = 0) => (items ?? []).flatMap(({ label, href, subitems }) =>
    [{ label: label.trim(), href, depth }, ...flat(subitems, depth + 1)])
  // Which entry of a list a place belongs to, as the reader itself works it out to show it in its margin.
  const locator = async list => {
    const progress = new TOCProgress()
    await progress.init({ toc: list ?? [], ids: book.sections.map(section => section.id),
      splitHref: book.splitTOCHref.bind(book), getFragment: book.getTOCFragment.bind(book) })
    return (index, range) => progress.getProgress(index, range)?.label.trim() ?? null
  }
  const entryAt = await locator(book.toc), pageAt = await locator(book.pageList)

  const visit = async href => {
    const { index, anchor } = view.resolveNavigation(href) ?? {}
    if (index === undefined || index < 0) return { href, exists: false }
    await view.goTo(href)
    const doc = view.renderer.getContents().find(content => content.index === index)?.doc
    if (!doc) return { href, exists: false }
    await doc.fonts.ready
    const target = anchor(doc) // an element; null where there is none of that id; a number where the whole document is meant
    if (target === null) return { href, exists: false }
    const range = doc.createRange()
    range.selectNodeContents(typeof target === 'number' ? doc.body : target)
    const { lang, dir } = doc.documentElement
    const style = doc.defaultView.getComputedStyle(doc.body)
    return {
      href, exists: true, lang, dir, direction: style.direction, family: style.fontFamily,
      heading: doc.querySelector('h1, h2')?.textContent.trim() ?? null,
      fonts: Object.fromEntries([...doc.fonts].map(font =>
        [`${font.family.replaceAll('"', '')} ${font.weight} ${font.style}`, font.status])),
      entry: entryAt(index, range), page: pageAt(index, range),
    }
  }

  await view.init({ showTextStart: true })
  const toc = flat(book.toc), pages = flat(book.pageList), visits = []
  for (const { href } of [...toc, ...pages]) visits.push(await visit(href))
  return {
    title: book.metadata.title, language: book.metadata.language, dir: book.dir ?? null, sections: book.sections.length,
    toc, pages, landmarks: (book.landmarks ?? []).map(({ type, href }) => ({ type: type.join(' '), href })), visits,
  }
}

await run(out, program, JSON.parse(flags), async browser => {
  const folders = { foliate: FOLIATE, book: path.dirname(book) }
  const { page, missed, errors, close } = await open(browser, {
    folders, texts: { '/': EMPTY }, viewport: { width: 800, height: 1000 },
  })
  await page.goto(`${ORIGIN}/`)
  const seen = await page.evaluate(read, `/book/${encodeURIComponent(path.basename(book))}`)
  await close()
  return { ...seen, missed, errors }
})
