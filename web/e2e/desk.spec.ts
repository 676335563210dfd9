import { expect, test, type Page } from '@playwright/test'
import { account, asked, base, code, demo, DESKTOP, signIn } from './demo'

/** Sends without following what the page does, as a program with a key would. */
async function status(path: string, key: string): Promise<number> {
  return (await asked(path, key)).status
}

function traceOf(anyCode: string, direction = 'both'): string {
  return `/api/v1/trace?direction=${direction}&code=${encodeURIComponent(anyCode)}`
}

/** A receipt of the stall that signs in: its own, so that it may see it. */
const OWN = demo.broken.find((broken) => broken.kind === 'late_report')!.code

/** The middle of what is drawn in this colour on the graph, in CSS pixels of the sheet; null where nothing is. */
function middleOf(page: Page, colour: [number, number, number]) {
  return page.locator('.canvas canvas').evaluateAll((all, [r, g, b]) => {
    const REACH = 6
    for (const canvas of all as HTMLCanvasElement[]) {
      const context = canvas.getContext('2d')
      if (!context || canvas.width === 0) continue
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height)
      let count = 0
      let x = 0
      let y = 0
      for (let i = 0; i < data.length; i += 4) {
        // Inside a filled station the colour goes on to all four sides; lines are thinner.
        const inside = [0, -REACH, REACH, -REACH * canvas.width, REACH * canvas.width].every((step) => {
          const at = i + step * 4
          return data[at] === r && data[at + 1] === g && data[at + 2] === b && data[at + 3] === 255
        })
        if (inside) {
          count += 1
          x += (i / 4) % canvas.width
          y += Math.floor(i / 4 / canvas.width)
        }
      }
      const box = canvas.getBoundingClientRect()
      if (count > 20) {
        return {
          x: box.left + (x / count) * (box.width / canvas.width),
          y: box.top + (y / count) * (box.height / canvas.height),
        }
      }
    }
    return null
  }, colour)
}

async function units(page: Page) {
  const list = page.locator('details.list')
  if ((await list.getAttribute('open')) === null) await list.locator('summary').click()
  return list.locator('li')
}

test.use({ viewport: DESKTOP })

test('a wrong password is refused and forgotten', async ({ page }) => {
  await page.goto(`${base}/desk/`)
  await page.getByLabel('账号').fill('farm1')
  await page.getByLabel('口令').fill('not the password')
  await page.getByRole('button', { name: '登录' }).click()
  await expect(page.getByRole('alert')).toHaveText(/账号或口令不正确/)
  await expect(page.getByLabel('口令')).toHaveValue('')
  await expect(page.getByRole('heading', { name: '最近的记录' })).toHaveCount(0)
})

test('a stall sees its latest events, finds a code, walks the graph, and leaves', async ({ page }) => {
  await signIn(page, 'stall1')
  const rows = page.locator('tbody tr')
  await expect(rows.first()).toBeVisible()
  expect(await rows.count()).toBeGreaterThan(5)
  await expect(rows.filter({ hasText: '零售' }).first()).toBeVisible()
  const times = await page.locator('tbody .time').allInnerTexts()
  for (const time of times) expect(time).toMatch(/^\d{4}年\d{1,2}月\d{1,2}日 \d{2}:\d{2}$/)

  await page.getByRole('textbox', { name: '追溯码' }).fill(OWN)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(OWN.replace(/(\d{4})(?=\d)/g, '$1 '))
  // One step up and no further: the receipt, the batch on the counter, what that came from.
  const answer = await asked(traceOf(OWN), account('stall1').apiKey)
  const seen = JSON.parse(answer.body) as { units: { uri: string }[]; events: unknown[] }
  await expect(page.getByText(`${seen.units.length} 个追溯单元，${seen.events.length} 条记录`)).toBeVisible()
  await expect(page.locator('.canvas canvas').first()).toBeVisible()
  await expect(page.locator('.stops li')).toHaveCount(1)
  await expect(page.locator('.stops li')).toContainText('零售')
  await expect(page.locator('.stops li')).toContainText(account('stall1').partyName)
  await expect(page.locator('.stops li')).toContainText('代报')

  // Another station by the list, and back by a click on the drawing: the one filled is where the walk began.
  const list = await units(page)
  const other = list.filter({ hasNotText: OWN.slice(-4) }).first()
  await other.getByRole('button').click()
  await expect(page.locator('#side-title')).not.toContainText(OWN.slice(-4))
  const root = await middleOf(page, [0x0b, 0x5d, 0x63])
  expect(root, 'no station is drawn').not.toBeNull()
  await page.mouse.click(root!.x, root!.y)
  await expect(page.locator('#side-title')).toContainText(OWN.slice(-4))

  await page.getByText('去向', { exact: true }).click()
  await expect(page).toHaveURL(/direction=forward/)
  await expect(page.getByText('1 个追溯单元')).toBeVisible()

  await page.getByRole('button', { name: '退出' }).click()
  await expect(page.getByRole('heading', { name: '登录工作台' })).toBeVisible()
  await page.goto(`${base}/desk/trace?code=${OWN}`)
  await expect(page.getByRole('heading', { name: '登录工作台' })).toBeVisible()
})

test('a competitor finds nothing beside its own receipts', async ({ page }) => {
  const other = code('pork receipt')
  const key = account('stall1').apiKey
  expect(await status(traceOf(other), key)).toBe(404)
  // What exists and what does not answer alike.
  const absent = other.slice(0, 16) + '9998'
  const [theirs, none] = [await asked(traceOf(other), key), await asked(traceOf(absent), key)]
  expect(theirs.status).toBe(none.status)
  expect(theirs.body).toBe(none.body)
  const last = Number(other.slice(-4))
  for (let step = -8; step <= 8; step++) {
    const neighbour = other.slice(0, 16) + String(Math.max(0, last + step)).padStart(4, '0')
    for (const direction of ['backward', 'forward', 'both']) {
      expect(await status(traceOf(neighbour, direction), key), neighbour).toBe(404)
    }
  }
  await signIn(page, 'stall1')
  await page.getByRole('textbox', { name: '追溯码' }).fill(other)
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByRole('alert')).toHaveText(/没有查到这个码，或者您无权查看/)
  await expect(page.locator('.canvas')).toHaveCount(0)
})

test('a regulator follows a pig to every receipt of its batch, marked as such', async ({ page }) => {
  const tag = code('pig ear tag')
  const answer = await asked(traceOf(tag, 'forward'), account('city-regulator').apiKey)
  const told = JSON.parse(answer.body) as {
    units: { uri: string }[]
    flows: { from: string; to: string; sameBatch: boolean }[]
  }
  const receipts = told.units.filter((unit) => /^urn:yuanliu:trace:/.test(unit.uri))
  expect(receipts.length).toBeGreaterThan(10)
  for (const receipt of receipts) {
    const into = told.flows.filter((flow) => flow.to === receipt.uri)
    expect(into.length, receipt.uri).toBeGreaterThan(0)
    expect(
      into.every((flow) => flow.sameBatch),
      receipt.uri,
    ).toBe(true)
  }

  await signIn(page, 'city-regulator')
  await page.goto(`${base}/desk/trace?code=${tag}&direction=forward`)
  await expect(page.locator('.stops li').filter({ hasText: '屠宰' })).toHaveCount(1)
  const list = await units(page)
  const bundled = list.filter({ hasText: '×' })
  expect(await bundled.count()).toBeGreaterThan(0)
  await expect(list.filter({ hasText: '同一批' }).first()).toBeVisible()
  await bundled.first().getByRole('button').click()
  await expect(page.locator('.side').getByText('同一批，不一定就是这一件')).toBeVisible()
})

test('a code that may be several gives the choice', async ({ page }) => {
  await signIn(page, 'city-regulator')
  await page.getByRole('textbox', { name: '追溯码' }).fill('6101020010001')
  await page.getByRole('button', { name: '查找' }).click()
  const choices = page.getByRole('navigation', { name: '这串数字可能是几种码，请选一种：' }).getByRole('link')
  await expect(choices.first()).toBeVisible()
  expect(await choices.count()).toBeGreaterThanOrEqual(2)
  const first = await choices.first().innerText()
  await choices.first().click()
  await expect(page).toHaveURL(/code=(urn|https)/)
  expect(first.length).toBeGreaterThan(8)
})

test('an unreadable code says so', async ({ page }) => {
  await signIn(page, 'stall1')
  await page.getByRole('textbox', { name: '追溯码' }).fill('昨天买的肉')
  await page.getByRole('button', { name: '查找' }).click()
  await expect(page.getByRole('alert')).toHaveText(/这不像一个码/)
})

test('English says everything', async ({ page }) => {
  await signIn(page, 'stall1')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { name: 'Latest records' })).toBeVisible()
  await expect(page.locator('tbody .step').first()).not.toHaveText(/[\u3400-\u9fff]/)
  await page.getByRole('textbox', { name: 'Trace code' }).fill(OWN)
  await page.getByRole('button', { name: 'Find' }).click()
  await expect(page.locator('.stops li').first()).toContainText(/sold at retail/i)
  const left = await page.locator('h1, h2, summary, .tags, .head, .bar').allInnerTexts()
  for (const text of left) expect(text.replace('中文', '')).not.toMatch(/[\u3400-\u9fff]/)
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
})

/** The checks follow what the demonstration records. */
const CHECKED = { timeout: 30_000 }

test('a department sees what the checks found, once for each matter, and filters it', async ({ page }) => {
  await expect
    .poll(async () => {
      const { body } = await asked('/api/v1/alerts?limit=500', account('city-regulator').apiKey)
      return body.includes('卖出的比进来的多') && body.includes('special-equipment')
    }, CHECKED)
    .toBe(true)
  await signIn(page, 'city-regulator')
  await page.getByRole('link', { name: '预警' }).click()
  const oversell = page.locator('.alert').filter({ hasText: '卖出的比进来的多' })
  await expect(oversell.first()).toContainText('要核实')
  await expect(oversell.first()).toContainText('依据：')
  const texts = await page.locator('.alert .what').allInnerTexts()
  expect(texts.some((text) => text.includes('不合规'))).toBe(true)

  await page.locator('.industry').click()
  await page.getByRole('option', { name: '特种设备' }).click()
  await expect(page.locator('.alert').first()).toContainText('特种设备')
  await expect(page.locator('.alert').filter({ hasText: '食用农产品' })).toHaveCount(0)
  const unit = page.locator('.alert .units a').first()
  const asText = (await unit.innerText()).trim()
  await unit.click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(asText)
})

test('a stall is told of its own alerts only', async ({ page }) => {
  await signIn(page, 'stall1')
  await page.getByRole('link', { name: '预警' }).click()
  await expect(page.locator('.alert, .el-empty').first()).toBeVisible()
  expect(await page.locator('.alert').filter({ hasText: '特种设备' }).count()).toBe(0)
  const own = await asked('/api/v1/alerts?limit=500', account('stall1').apiKey)
  const all = await asked('/api/v1/alerts?limit=500', account('operator').apiKey)
  const count = (body: string) => (JSON.parse(body) as { alerts: unknown[] }).alerts.length
  expect(count(own.body)).toBeLessThan(count(all.body))
})

test('the keyboard is enough', async ({ page }) => {
  await page.goto(`${base}/desk/`)
  await page.getByLabel('账号').waitFor()
  await reach(page, 'input#name')
  await page.keyboard.type('stall1')
  await page.keyboard.press('Tab')
  await expect(page.locator('input#password')).toBeFocused()
  await page.keyboard.type(account('stall1').password!)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: '最近的记录' })).toBeVisible()
  await page.keyboard.press('Control+K')
  await reach(page, 'header input')
  await page.keyboard.type(OWN)
  await page.keyboard.press('Enter')
  await expect(page.locator('.stops li')).toHaveCount(1)
  await reach(page, 'details.list summary')
  const seen = await page.evaluate(() => {
    const style = getComputedStyle(document.activeElement!)
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
  })
  expect(seen, 'the focus can’t be seen').toBe(true)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('details.list [aria-current="true"]')).toHaveCount(1)
})

test('a first load brings no graph library, and the desk stays light', async ({ page }) => {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', (event) => (bytes += event.encodedDataLength))
  const scripts: string[] = []
  page.on('request', (request) => scripts.push(request.url()))
  await page.goto(`${base}/desk/`, { waitUntil: 'networkidle' })
  console.log(`first load of the desk: ${bytes} bytes`)
  expect(scripts.some((url) => /\/Trace-[^/]*\.js$/.test(url))).toBe(false)
  expect(bytes).toBeLessThan(250_000)
})

/** Presses Tab until the element has the focus. */
async function reach(page: Page, selector: string) {
  for (let press = 0; press < 40; press++) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted) ?? false, selector)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${selector}`)
}
