import { expect, test } from '@playwright/test'
import jsQR from 'jsqr'
import { account, asked, base, code, demo, get, pageOf, PHONE, report } from './demo'

const LEVEL_WORDS: Record<string, RegExp> = {
  COMPLETE: /的来路完整$/,
  INCOMPLETE: /的来路有缺口$/,
  PROBLEM: /的记录有问题$/,
}
/** Codes whose chain is whole, as the demonstration means it. */
const GOOD = ['pork receipt', 'vegetable receipt', 'canteen', 'supermarket pork', 'slaughter batch']
const FIRST_LOAD_BYTES = 150_000
const LGTIN_PATH = '/01/09521234543213/10/E2E-1'

test.describe('verdicts', () => {
  test('the demonstration breaks in at least eight ways', () => {
    expect(new Set(demo.broken.map((broken) => broken.kind)).size).toBeGreaterThanOrEqual(8)
  })

  for (const broken of demo.broken) {
    test(`${broken.kind} of ${broken.code} shows as ${broken.verdict}`, async ({ page }) => {
      await page.goto(pageOf(broken.code))
      await expect(page.locator('section.verdict')).toHaveClass(
        new RegExp(`verdict--${broken.verdict.toLowerCase()}\\b`),
      )
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(LEVEL_WORDS[broken.verdict]!)
      const finding = page.locator(`[data-finding="${broken.kind}"]`)
      await expect(finding).toHaveCount(1)
      await expect(finding).toBeVisible()
      expect((await finding.innerText()).length).toBeGreaterThan(6)
    })
  }

  for (const name of GOOD) {
    test(`${name} is complete, with nothing against it`, async ({ page }) => {
      await page.goto(pageOf(code(name)))
      await expect(page.locator('section.verdict')).toHaveClass(/verdict--complete\b/)
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(LEVEL_WORDS.COMPLETE!)
      await expect(
        page.locator(
          '.tone-problem:not([data-proof-line]), .tone-doubt:not([data-proof-line]), .timeline .gap',
        ),
      ).toHaveCount(0)
      for (const held of ['link_present', 'documents_valid', 'quantities_balance', 'clocks_agree']) {
        await expect(page.locator(`[data-finding="${held}"]`)).toHaveCount(1)
      }
    })
  }

  test('a mixed counter is said to be one: which batch it was, nobody knows', async ({ page }) => {
    await page.goto(pageOf(code('inferred counter')))
    await expect(page.locator('[data-finding="inferred_attribution"]')).toHaveCount(1)
    await expect(page.locator('.timeline li.possible').first()).toContainText('可能是其中之一')
    await expect(page.locator('.timeline li').last()).toContainText('推断')
    await expect(page.locator('.flow-edge.possible').first()).toBeVisible()
  })

  test('a missing link is drawn as a break between its neighbours', async ({ page }) => {
    const missing = demo.broken.find((broken) => broken.kind === 'missing_link')!
    await page.goto(pageOf(missing.code))
    const steps = await page.locator('.timeline h3').allInnerTexts()
    const gap = steps.indexOf('这里缺一环')
    expect(gap).toBeGreaterThan(0)
    expect(gap).toBeLessThan(steps.length - 1)
    await expect(page.locator('.timeline .gap')).toContainText('没有人报告')
  })
})

test.describe('the chain', () => {
  test('a receipt leads back to the farm, in the order of time', async ({ page }) => {
    await page.goto(pageOf(code('pork receipt')))
    const steps = await page.locator('.timeline h3').allInnerTexts()
    for (const [earlier, later] of [
      ['养殖', '出栏'],
      ['出栏', '屠宰'],
      ['屠宰', '批发市场进场'],
      ['批发市场进场', '零售'],
    ]) {
      expect(steps).toContain(earlier)
      expect(steps.indexOf(earlier!)).toBeLessThan(steps.indexOf(later!))
    }
    const farms = demo.accounts.filter((candidate) => candidate.role === 'farm').map((farm) => farm.partyName)
    expect(farms).toContain(await page.locator('.timeline li').first().locator('.stop__who').innerText())
    const times = await page
      .locator('.timeline time')
      .evaluateAll((all) => all.map((t) => t.getAttribute('datetime')!))
    expect(times.length).toBeGreaterThan(8)
    expect(times.map(Date.parse)).toEqual(times.map(Date.parse).sort((a, b) => a - b))
    await expect(page.locator('.papers summary').first()).toHaveText(/\d+ 份证件，使用当日有效/)
    await expect(
      page
        .locator('.tag')
        .filter({ hasText: /^(设备签名|对方确认|机构出具|自行申报|推断)$/ })
        .first(),
    ).toBeVisible()
  })

  test('an expired document stands open and says so', async ({ page }) => {
    const expired = demo.broken.find((broken) => broken.kind === 'document_expired')!
    await page.goto(pageOf(expired.code))
    await expect(page.locator('.paper-problem').first()).toBeVisible()
    await expect(page.locator('.paper-problem').first()).toContainText('已过有效期')
  })
})

test.describe('the first answer', () => {
  test('holds the verdict in the HTML itself', async () => {
    for (const broken of demo.broken) {
      const answer = await get(pageOf(broken.code))
      expect(answer.status).toBe(200)
      expect(answer.body.startsWith('<!doctype html>')).toBe(true)
      expect(answer.body).toContain(`class="card verdict verdict--${broken.verdict.toLowerCase()}"`)
      expect(answer.headers['cache-control']).toContain('no-store')
    }
  })

  test('needs no script', async ({ browser }) => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: PHONE })
    const page = await context.newPage()
    await page.goto(base)
    await page.getByRole('textbox', { name: '追溯码' }).fill(code('pork receipt'))
    await page.getByRole('button', { name: '查询' }).click()
    await expect(page).toHaveURL(pageOf(code('pork receipt')))
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(LEVEL_WORDS.COMPLETE!)
    const papers = page.locator('details.papers').first()
    await expect(papers.locator('li').first()).toBeHidden()
    await papers.locator('summary').click()
    await expect(papers.locator('li').first()).toContainText('有效期至')
    await context.close()
  })

  test(`stays under ${FIRST_LOAD_BYTES / 1000} kB`, async ({ browser }) => {
    for (const name of ['pork receipt', 'inferred counter']) {
      const context = await browser.newContext({ viewport: PHONE })
      const page = await context.newPage()
      const session = await context.newCDPSession(page)
      await session.send('Network.enable')
      let bytes = 0
      let requests = 0
      session.on('Network.loadingFinished', (event) => {
        bytes += event.encodedDataLength
        requests += 1
      })
      await page.goto(pageOf(code(name)), { waitUntil: 'networkidle' })
      console.log(`first load of ${name}: ${bytes} bytes in ${requests} requests`)
      expect(requests).toBeGreaterThan(2)
      expect(bytes).toBeLessThan(FIRST_LOAD_BYTES)
      await context.close()
    }
  })

  test('fits a phone without sideways scrolling, and twice enlarged too', async ({ page }) => {
    for (const width of [PHONE.width, PHONE.width / 2]) {
      await page.setViewportSize({ width, height: PHONE.height })
      for (const url of [
        base,
        pageOf(code('inferred counter')),
        pageOf(code('inferred counter'), 'en'),
        `${base}/t/99`,
      ]) {
        await page.goto(url)
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
        expect(wide, `${url} at ${width} px`).toBeLessThanOrEqual(0)
      }
    }
  })

  test('prints on one A4 page', async ({ page }) => {
    for (const name of ['pork receipt', 'vegetable receipt', 'supermarket pork']) {
      await page.goto(pageOf(code(name)))
      const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1')
      expect(pdf.match(/\/Type *\/Page\b/g), name).toHaveLength(1)
    }
  })
})

test.describe('English', () => {
  /** Names, and what was typed in Chinese by those who reported, stay as they are. */
  const NAMES =
    '.stop__who, .stop__where, .flow svg, .lang, [data-downstream], .verdict .facts dd, .tag-held, .tag-problem'

  test('says everything that the page itself says', async ({ page }) => {
    for (const any of [
      code('pork receipt'),
      code('inferred counter'),
      ...demo.broken.map((broken) => broken.code),
    ]) {
      await page.goto(pageOf(any, 'en'))
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      const left = await page.evaluate((names) => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
        const found: string[] = []
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
          if (/[\u3400-\u9fff]/.test(node.textContent ?? '') && !node.parentElement?.closest(names)) {
            found.push(node.textContent!.trim())
          }
        }
        return found
      }, NAMES)
      expect(left, any).toEqual([])
      expect(await page.title()).not.toMatch(/[\u3400-\u9fff]/)
    }
  })

  test('is one click away, kept by the form, and goes back', async ({ page }) => {
    await page.goto(pageOf(code('pork receipt')))
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
    await page.getByRole('link', { name: 'English' }).click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(
      'Pork tenderloin: the whole way is recorded',
    )
    await page.getByRole('textbox', { name: 'Trace code' }).fill('61010000000000000000')
    await page.getByRole('button', { name: 'Look up' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'en')
    await page.goto(pageOf(code('pork receipt'), 'en'))
    await page.getByRole('link', { name: '中文' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', 'zh-CN')
  })

  test('follows the browser where the address says nothing', async ({ browser }) => {
    const context = await browser.newContext({ locale: 'en-GB' })
    const page = await context.newPage()
    await page.goto(base)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Where does this come from?')
    await context.close()
  })
})

test.describe('codes', () => {
  test('one that is not known gets help and a 404', async ({ page }) => {
    const last = code('pork receipt').slice(0, 16) + '9999'
    const answer = await page.goto(pageOf(last))
    expect(answer!.status()).toBe(404)
    await expect(page.locator('section.verdict')).toHaveClass(/verdict--unknown\b/)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('没有查到这个码')
    await expect(page.getByText('12315')).toBeVisible()
    await expect(page.getByRole('textbox', { name: '追溯码' })).toHaveValue(/9999$/)
  })

  test('one that is none says why', async ({ page }) => {
    const answer = await page.goto(`${base}/t/${encodeURIComponent('昨天买的肉')}`)
    expect(answer!.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('这不像一个追溯码')
    await expect(page.getByRole('heading', { name: '看起来的问题' })).toBeVisible()
  })

  test('markup in a code is text', async ({ page }) => {
    await page.goto(`${base}/t?code=${encodeURIComponent('<img src=x onerror=alert(1)>"\'')}`)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('这不像一个追溯码')
    expect(await page.locator('img').count()).toBe(0)
  })

  test('spaces and dashes as printed are no matter', async ({ page }) => {
    const plain = code('pork receipt')
    await page.goto(base)
    await page.getByRole('textbox', { name: '追溯码' }).fill(plain.replace(/(\d{4})(?=\d)/g, '$1 '))
    await page.getByRole('button', { name: '查询' }).click()
    await expect(page).toHaveURL(pageOf(plain))
  })

  test('one that may be several is never guessed', async ({ page }) => {
    await report('urn:uuid:5d0e41c2-6c41-4f0e-9a3f-2e2f1c0a0001', {
      lot: 'https://id.gs1.org/01/06101020010001',
    })
    await report('urn:uuid:5d0e41c2-6c41-4f0e-9a3f-2e2f1c0a0002', {
      epc: 'https://id.gs1.org/414/6101020010001',
    })
    const answer = await page.goto(`${base}/t/6101020010001`)
    expect(answer!.status()).toBe(200)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('这串数字可能是几种码')
    const choices = page.locator('.choices a')
    expect(await choices.count()).toBeGreaterThanOrEqual(2)
    await choices.first().click()
    await expect(page.locator('section.verdict')).toBeVisible()
  })

  test('a Digital Link path is its own address', async ({ page }) => {
    await report('urn:uuid:5d0e41c2-6c41-4f0e-9a3f-2e2f1c0a0003', { lot: `https://id.gs1.org${LGTIN_PATH}` })
    const answer = await page.goto(base + LGTIN_PATH)
    expect(answer!.status()).toBe(200)
    // No pack knows the product: that is unknown, and unknown is never green.
    await expect(page.locator('section.verdict')).toHaveClass(/verdict--unknown\b/)
    await expect(page.getByText('(01)09521234543213(10)E2E-1').first()).toBeVisible()
  })

  test('the QR code leads to the page', async ({ page }) => {
    const any = code('pork receipt')
    await page.goto(pageOf(any))
    for (const kind of ['png', 'svg']) {
      const answer = await get(`${base}/q/${any}.${kind}`)
      expect(answer.status).toBe(200)
      expect(answer.headers['content-type']).toContain(kind === 'png' ? 'image/png' : 'image/svg+xml')
      const pixels = await page.evaluate(async (address) => {
        const image = new Image()
        image.src = address
        await image.decode()
        const canvas = document.createElement('canvas')
        canvas.width = canvas.height = 600
        const context = canvas.getContext('2d')!
        context.fillStyle = '#fff'
        context.fillRect(0, 0, 600, 600)
        context.imageSmoothingEnabled = false
        context.drawImage(image, 0, 0, 600, 600)
        // As text: a list of a million numbers takes the browser's driver many seconds.
        const { data } = context.getImageData(0, 0, 600, 600)
        let text = ''
        for (let at = 0; at < data.length; at += 4) text += data[at]! < 128 ? '#' : ' '
        return text
      }, `/q/${any}.${kind}`)
      const dots = [...pixels].flatMap((dot) => (dot === '#' ? [0, 0, 0, 255] : [255, 255, 255, 255]))
      expect(jsQR(Uint8ClampedArray.from(dots), 600, 600)?.data).toBe(pageOf(any))
    }
    expect((await get(`${base}/q/nonsense.png`)).status).toBe(404)
    expect((await get(`${base}/q/${any}.gif`)).status).toBe(404)
  })
})

test.describe('what is nobody’s business', () => {
  const SECRET_MEMBERS = /price|amount|plate|phone|mobile|buyer|driver|idNumber/i

  /** Every value that an event holds under a name that pages must not show. */
  function secrets(node: unknown, found: Set<string> = new Set()): Set<string> {
    if (Array.isArray(node)) node.forEach((inner) => secrets(inner, found))
    else if (node && typeof node === 'object') {
      for (const [name, value] of Object.entries(node)) {
        if (SECRET_MEMBERS.test(name) && (typeof value === 'string' || typeof value === 'number')) {
          // A count of 1 or a word as "unit" stands on a page for something else.
          if (/^(?=.*[\d\u4e00-\u9fff]).{3,}$/.test(String(value))) found.add(String(value))
        } else secrets(value, found)
      }
    }
    return found
  }

  const codes = [...Object.values(demo.traceCodes), ...demo.broken.map((broken) => broken.code)]

  test('is on no page', async () => {
    const known = new Set<string>()
    for (const any of codes) {
      const answer = await asked(
        `/api/v1/trace?direction=both&code=${encodeURIComponent(any)}`,
        account('operator').apiKey,
      )
      expect(answer.status, answer.body).toBe(200)
      secrets(
        (JSON.parse(answer.body) as { events: { event: unknown }[] }).events.map((event) => event.event),
        known,
      )
    }
    // The demonstration does hold such things; else this test would prove nothing.
    expect(known.size).toBeGreaterThan(3)
    for (const any of codes) {
      for (const language of [undefined, 'en'] as const) {
        const { body } = await get(pageOf(any, language), '127.0.0.3')
        const text = body.replace(/<style[\s\S]*?<\/style>|<svg[\s\S]*?<\/svg>|<[^>]+>/g, ' ')
        const tokens = new Set(text.split(/[\s，。；：、,;:()（）]+/))
        const told = [...known].filter((secret) => tokens.has(secret))
        expect(told, `on the page of ${any}`).toEqual([])
        expect(text).not.toMatch(/[¥￥]|\d ?元|(?<!不显示)价格\s*[:：]/)
        expect(text).not.toMatch(/\d ?(kg|KGM|公斤|千克|斤)\b/)
        expect(text).not.toMatch(/(?<!\d)1[3-9]\d{9}(?!\d)/)
        expect(text).not.toMatch(
          /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][·\s]?[A-Z0-9]{5}/,
        )
        expect(text).not.toMatch(
          /(?<!\d)\d{6}(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[\dX](?!\d)/,
        )
      }
    }
  })

  test('a batch’s page names no buyer downstream', async () => {
    const { body } = await get(pageOf(code('slaughter batch')), '127.0.0.3')
    for (const name of ['stall1', 'supermarket', 'canteen', 'wholesale-market']) {
      expect(body).not.toContain(account(name).partyName)
    }
  })
})

test('guessing codes in bulk is slowed down', async () => {
  // From a loopback address of its own: the bucket is that of an address.
  const stem = code('pork receipt').slice(0, 16)
  let refused: Awaited<ReturnType<typeof get>> | undefined
  for (let guess = 0; guess < 400 && !refused; guess++) {
    const answer = await get(`${base}/t/${stem}${String(guess).padStart(4, '0')}`, '127.0.0.77')
    expect([200, 404, 429]).toContain(answer.status)
    if (answer.status === 429) refused = answer
  }
  expect(refused, 'never refused').toBeDefined()
  expect(Number(refused!.headers['retry-after'])).toBeGreaterThan(0)
  expect(refused!.body).toContain('查得太快了')
  // Others are not slowed down by it.
  expect((await get(pageOf(code('pork receipt')), '127.0.0.78')).status).toBe(200)
})

test.describe('the proof of the records', () => {
  test('is checked in the browser and can be opened', async ({ page }) => {
    await page.goto(pageOf(code('pork receipt')))
    const proof = page.locator('#proof')
    await expect(proof).toHaveAttribute('data-outcome', 'held')
    await expect(proof.locator('.findings')).toContainText('都在日志里，没有改过')
    await proof.locator('summary').click()
    await expect(proof.locator('[data-proof-details]')).toContainText('日志的签名有效')
  })

  test('is checked without WebCrypto too, as over plain http', async ({ page }) => {
    await page.addInitScript(() => Object.defineProperty(globalThis.crypto, 'subtle', { value: undefined }))
    await page.goto(pageOf(code('pork receipt'), 'en'))
    expect(await page.evaluate(() => globalThis.crypto.subtle === undefined)).toBe(true)
    await expect(page.locator('#proof')).toHaveAttribute('data-outcome', 'held')
    await expect(page.locator('#proof .findings')).toContainText('all are in the log, unchanged')
  })

  test('that was tampered with on its way is said not to check out', async ({ page }) => {
    await page.route(/\/ledger\/.*\/proof\//, async (route) => {
      const answer = await route.fetch()
      const text = await answer.text()
      await route.fulfill({
        response: answer,
        body: text.replace(/("leafHash" : ")(.)/, (_, before, first) => before + (first === 'A' ? 'B' : 'A')),
      })
    })
    await page.goto(pageOf(code('pork receipt')))
    await expect(page.locator('#proof')).toHaveAttribute('data-outcome', 'refuted')
    await expect(page.locator('#proof .tone-problem:visible')).toContainText('核对不上')
  })

  test('that is not to be had spoils nothing of the page', async ({ page }) => {
    await page.route(/\/ledger\//, (route) => route.abort())
    await page.goto(pageOf(code('pork receipt')))
    await expect(page.locator('#proof')).toHaveAttribute('data-outcome', 'away')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(LEVEL_WORDS.COMPLETE!)
  })
})
