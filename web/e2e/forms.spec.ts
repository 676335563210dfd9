import { expect, test, type Page } from '@playwright/test'
import { account, asked, base, DESKTOP, PHONE, signIn } from './demo'

interface Seen {
  code: string
  weight: number
  name: string
}

/** Lots that the stall took in, as its own records tell: what a seller's voucher would show. */
async function suppliersCodes(): Promise<Seen[]> {
  const step = encodeURIComponent('https://yuanliu.org/ns/BizStep-market_entry')
  const answer = await asked(
    `/epcis/events?EQ_bizStep=${step}&perPage=20&orderBy=eventTime&orderDirection=DESC`,
    account('stall1').apiKey,
  )
  const document = JSON.parse(answer.body) as {
    epcisBody: {
      queryResults: {
        resultsBody: {
          eventList: {
            quantityList?: { epcClass: string; quantity: number }[]
            'yl:productName': string
          }[]
        }
      }
    }
  }
  return document.epcisBody.queryResults.resultsBody.eventList.flatMap((event) =>
    (event.quantityList ?? []).map((lot) => ({
      code: lot.epcClass.replace(/^urn:yuanliu:[a-z]+:/, ''),
      weight: lot.quantity,
      name: event['yl:productName'],
    })),
  )
}

async function open(page: Page, link: string) {
  await page.getByRole('link', { name: '填报' }).click()
  await page
    .locator('.cards a', { has: page.getByText(link, { exact: true }) })
    .first()
    .click()
  await expect(page.getByRole('heading', { level: 1, name: link })).toBeVisible()
}

const code = (page: Page) => page.locator('#f-supplier_code')
const weight = (page: Page) => page.locator('#f-weight')

test.describe('on a phone', () => {
  test.use({ viewport: PHONE })

  test('three taps enter a lot by the code on the seller’s voucher', async ({ page }) => {
    const lot = (await suppliersCodes())[0]!
    await signIn(page, 'stall1')
    await page.getByRole('link', { name: '填报' }).click()
    await page
      .getByRole('link', { name: /^零售进货/ })
      .first()
      .click()
    await code(page).fill(lot.code)
    await expect(page.getByText('追溯码，校验正确')).toBeVisible()
    await expect(weight(page)).toHaveValue(String(lot.weight))
    await expect(page.getByText('来自上游记录，请核对').first()).toBeVisible()
    await page.getByRole('button', { name: '提交' }).click()
    await expect(page.getByRole('heading', { name: '已登记' })).toBeVisible()
    await expect(page.getByText(/登记号 \d+ · \d{4}年/)).toBeVisible()
    const picture = page.getByRole('img', { name: `二维码：${lot.code}` })
    expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBeGreaterThan(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
    await page.getByRole('link', { name: '查看追溯' }).click()
    await expect(page).toHaveURL(/\/desk\/trace\?code=/)
    // Tomorrow it is the first of the list.
    await page.getByRole('link', { name: '填报' }).click()
    await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('常用')
    await expect(page.locator('.cards').first().getByRole('link').first()).toContainText('零售进货')
  })

  test('a photograph of the QR code is as good as typing', async ({ page }) => {
    const lot = (await suppliersCodes())[0]!
    const picture = await page.request.get(`${base}/q/${lot.code}.png`)
    expect(picture.status()).toBe(200)
    await signIn(page, 'stall1')
    await open(page, '零售进货')
    await page.locator('[data-element="supplier_code"] input[type="file"]').setInputFiles({
      name: 'voucher.png',
      mimeType: 'image/png',
      buffer: await picture.body(),
    })
    await expect(code(page)).toHaveValue(lot.code)
    await expect(page.getByText('追溯码，校验正确')).toBeVisible()
    await page.locator('[data-element="supplier_code"] input[type="file"]').setInputFiles({
      name: 'cat.png',
      mimeType: 'image/png',
      buffer: Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    })
    await expect(page.getByText('照片里没有认出二维码')).toBeVisible()
  })

  test('every link shown is one’s own', async ({ page }) => {
    await signIn(page, 'slaughterhouse')
    await page.getByRole('link', { name: '填报' }).click()
    await expect(page.getByRole('link', { name: /^屠宰/ }).first()).toBeVisible()
    await expect(page.getByRole('link', { name: /^零售进货/ })).toHaveCount(0)
    await expect(page.getByRole('link', { name: /^批发交易/ })).toHaveCount(0)
  })
})

test.describe('at a desk', () => {
  test.use({ viewport: DESKTOP })

  test('what is wrong is told at its field, here and by the server', async ({ page }) => {
    await signIn(page, 'stall1')
    await open(page, '零售进货')
    await page.getByRole('button', { name: '提交' }).click()
    await expect(page.getByRole('alert').first()).toContainText('有 2 处需要改正')
    await expect(page.locator('[data-element="supplier_code"]')).toContainText('这一项必填。')
    await expect(page.locator('[data-element="weight"]')).toContainText('这一项必填。')
    await expect(code(page)).toBeFocused()

    await code(page).fill('6101020010001000004')
    await expect(page.locator('[data-element="supplier_code"]')).toContainText('这不是本项要的编码')
    await weight(page).fill('-1')
    await weight(page).blur()
    await expect(page.locator('[data-element="weight"]')).toContainText('不能小于 0。')

    await code(page).fill((await suppliersCodes())[0]!.code)
    await expect(page.getByText('追溯码，校验正确')).toBeVisible()
    // Only the server minds a number of so many digits.
    await weight(page).fill('1'.repeat(31))
    await page.getByRole('button', { name: '提交' }).click()
    await expect(page.getByRole('alert').first()).toContainText('没有登记')
    await expect(page.locator('[data-element="weight"]')).toContainText('位数过多')
    await expect(weight(page)).toBeFocused()
    await expect(page.getByRole('heading', { name: '已登记' })).toHaveCount(0)
  })

  test('a double click records once', async ({ page }) => {
    const lot = (await suppliersCodes())[1]!
    await signIn(page, 'stall1')
    await open(page, '零售进货')
    await code(page).fill(lot.code)
    await expect(weight(page)).not.toHaveValue('')
    let posts = 0
    page.on(
      'request',
      (request) => (posts += request.method() === 'POST' && /\/links\//.test(request.url()) ? 1 : 0),
    )
    await page.getByRole('button', { name: '提交' }).dblclick()
    await expect(page.getByRole('heading', { name: '已登记' })).toBeVisible()
    expect(posts).toBe(1)
  })

  test('an answer that is lost is asked for again, and nothing is recorded twice', async ({ page }) => {
    const lot = (await suppliersCodes())[2]!
    await signIn(page, 'stall1')
    await open(page, '零售进货')
    await code(page).fill(lot.code)
    await expect(weight(page)).not.toHaveValue('')
    let lost = false
    await page.route(/\/api\/v1\/links\/.*\/retail_entry/, async (route) => {
      if (lost || route.request().method() !== 'POST') return route.continue()
      lost = true
      // It reaches the server; the way back breaks.
      await route.fetch()
      return route.abort('connectionreset')
    })
    await page.getByRole('button', { name: '提交' }).click()
    await expect(page.getByRole('alert').first()).toContainText('没有收到答复')
    await expect(weight(page)).toBeDisabled()
    // Even over a closed page.
    await page.reload()
    await expect(page.getByRole('alert').first()).toContainText('没有收到答复')
    await page.getByRole('button', { name: '原样重发' }).click()
    await expect(page.getByRole('heading', { name: '已登记' })).toBeVisible()
    await expect(page.getByText('这条记录先前已登记，没有重复。')).toBeVisible()
  })

  test('what was typed is there again; the last entry is repeated but for its code', async ({ page }) => {
    await signIn(page, 'stall1')
    await open(page, '零售进货')
    await page.getByRole('button', { name: /^重复上一次/ }).click()
    await expect(weight(page)).not.toHaveValue('')
    await expect(code(page)).toHaveValue('')
    await weight(page).fill('7.25')
    await page.reload()
    await expect(page.getByText('恢复了上次没有提交的内容。')).toBeVisible()
    await expect(weight(page)).toHaveValue('7.25')
    await page.getByRole('button', { name: '清空重填' }).click()
    await expect(weight(page)).toHaveValue('')
  })

  test('a sale takes its code from the stall’s range; the keyboard is enough', async ({ page }) => {
    const range = await asked('/api/v1/codes/ranges', account('operator').apiKey, {
      scheme: 'trace',
      stem: account('stall1').party.replace(/^.*:/, ''),
      first: 9_000_000,
      last: 9_000_999,
      party: account('stall1').party,
    })
    expect([201, 409], range.body).toContain(range.status)
    const lot = (await suppliersCodes())[0]!
    await signIn(page, 'stall1')
    await open(page, '零售')
    await page.locator('#f-sold_codes').focus()
    await page.keyboard.type(lot.code)
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-element="sold_codes"] .chips li')).toHaveCount(1)
    await page.getByRole('button', { name: '取新码' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.locator('#f-trace_code')).toHaveValue(/^\d{13}9000\d{3}$/)
    await weight(page).focus()
    await page.keyboard.type('1.2')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: '已登记' })).toBeVisible()
    await expect(page.locator('.codes li')).toHaveCount(1)
    await page.getByRole('button', { name: '再记一笔' }).click()
    await expect(page.locator('#f-sold_codes')).toHaveValue('')
  })

  test('English says everything', async ({ page }) => {
    await signIn(page, 'stall1')
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('link', { name: 'Report' }).click()
    const list = await page.locator('main').innerText()
    expect(list).not.toMatch(/[\u3400-\u9fff]/)
    await page
      .getByRole('link', { name: /^Arrival at the shop/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Arrival/)
    await page.getByText('Optional entries').click()
    const labels = await page.locator('.el-form-item__label, .help, summary, button').allInnerTexts()
    for (const text of labels.filter((each) => !each.includes('中文') && !/Repeat/.test(each)))
      expect(text).not.toMatch(/[\u3400-\u9fff]/)
  })
})
