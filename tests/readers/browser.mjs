// A Chromium that sees only what it is given: each page asks an origin that does not exist, and is answered from folders.
import fs from 'node:fs'
import path from 'node:path'
import { createRequire } from 'node:module'

export const require = createRequire(new URL('../tools/package.json', import.meta.url))
const { chromium } = require('playwright-core')

export const ORIGIN = 'http://reader.invalid'
const TYPES = {
  '.css': 'text/css', '.epub': 'application/epub+zip', '.html': 'text/html', '.jpg': 'image/jpeg', '.js': 'text/javascript',
  '.png': 'image/png', '.svg': 'image/svg+xml', '.ttf': 'font/ttf', '.woff2': 'font/woff2', '.xhtml': 'application/xhtml+xml',
}

// Runs `work(browser)` and writes what it returns to the file `out` as JSON. Chromium is closed, whatever happens.
export const run = async (out, program, flags, work) => {
  const browser = await chromium.launch({ executablePath: program, args: flags, timeout: 60_000 })
  try {
    fs.writeFileSync(out, JSON.stringify(await work(browser)))
  } finally {
    await browser.close()
  }
}

// A page whose origin is answered from `folders` (first part of the path → folder) and `texts` (path → HTML). What it
// asked for and did not get, inside that origin or outside, is listed in `missed`; what went wrong, in `errors`.
export const open = async (browser, { folders, texts = {}, ...options }) => {
  const context = await browser.newContext(options)
  const missed = [], errors = []
  await context.route('**/*', route => answer(route, folders, texts, missed))
  const page = await context.newPage()
  page.on('pageerror', error => errors.push(String(error)))
  return { page, missed, errors, close: () => context.close() }
}

const answer = (route, folders, texts, missed) => {
  const url = new URL(route.request().url())
  const [, first, ...rest] = decodeURIComponent(url.pathname).split('/')
  if (url.origin === ORIGIN && texts[url.pathname]) return route.fulfill({ contentType: 'text/html', body: texts[url.pathname] })
  const file = url.origin === ORIGIN && folders[first] && path.join(folders[first], ...rest)
  if (file && fs.existsSync(file)) return route.fulfill({ path: file, contentType: TYPES[path.extname(file)] })
  missed.push(url.href)
  return route.abort()
}
