import { expect, test, type Page } from '@playwright/test'
import { base, code, demo, DESKTOP, get, pageOf, PHONE } from './demo'
import { sound } from './sound'

/** What stands on the page in Chinese, though nothing says that it is. */
async function chinese(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    const found: string[] = []
    while (walk.nextNode()) {
      const text = walk.currentNode.textContent ?? ''
      const language = walk.currentNode.parentElement?.closest('[lang]')?.getAttribute('lang')
      if (/\p{Script=Han}/u.test(text) && language === 'en') found.push(text.trim())
    }
    return found
  })
}

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test.describe(size, () => {
    test.use({ viewport, contextOptions: { reducedMotion: 'reduce' } })

    test('the published standard, the catalogue and open data', async ({ page }) => {
      for (const path of [
        '/standards',
        '/standards/farm-products',
        '/standards/farm-products/pork/arrival',
        '/standards/dangerous-goods',
        '/catalogue',
        '/open-data',
        '/open-data/farm-products/retail_quantity',
      ]) {
        for (const language of ['zh', 'en']) {
          await page.goto(`${base}${path}?lang=${language}`)
          await sound(page, `${path} ${language} ${size}`)
          if (language === 'en') expect(await chinese(page), path).toEqual([])
          await expect(page).toHaveTitle(language === 'en' ? /· Yuanliu$/ : /· 源流$/)
        }
      }
      // The other language keeps what was asked for.
      await page.goto(`${base}/t?code=${encodeURIComponent('昨天买的肉')}`)
      await page.getByRole('link', { name: 'English' }).click()
      await expect(page.getByRole('textbox', { name: 'Trace code' })).toHaveValue('昨天买的肉')
    })
  })
}

test('dangerous goods and rare earths show nobody where they are', async () => {
  const places = /[市区县镇乡村]|Xi’an|Xi'an|District|County/
  for (const name of ['dangerous-goods', 'rare-earths']) {
    for (const language of [undefined, 'en'] as const) {
      const { body, status } = await get(pageOf(code(name), language), '127.0.0.4')
      expect(status).toBe(200)
      const shown = [...body.matchAll(/<p class="stop__where[^>]*>([^<]*)</g)].map((match) => match[1])
      expect(shown, `${name} ${language ?? 'zh'}`).toEqual([])
      expect(body).toContain(language === 'en' ? 'not shown to the public' : '地点不公开')
    }
  }
  // A chain of food does tell its places: else this would prove nothing.
  const { body } = await get(pageOf(code('pork receipt')), '127.0.0.4')
  const shown = [...body.matchAll(/<p class="stop__where[^>]*>([^<]*)</g)].map((match) => match[1] ?? '')
  expect(shown.some((text) => places.test(text))).toBe(true)
  expect(demo.broken.length).toBeGreaterThan(0)
})
