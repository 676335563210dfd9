import { expect, test } from '@playwright/test'
import { base, code, demo, DESKTOP, pageOf, PHONE, report, signIn } from './demo'
import { sound } from './sound'

const UNKNOWN_LEVEL = '/01/09521234543213/10/E2E-1'

function broken(verdict: string): string {
  return demo.broken.find((candidate) => candidate.verdict === verdict)!.code
}

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test.describe(size, () => {
    // Colours are judged when they stand still.
    test.use({ viewport, contextOptions: { reducedMotion: 'reduce' } })

    test('public pages', async ({ page }) => {
      await report('urn:uuid:5d0e41c2-6c41-4f0e-9a3f-2e2f1c0a0001', {
        lot: 'https://id.gs1.org/01/06101020010001',
      })
      await report('urn:uuid:5d0e41c2-6c41-4f0e-9a3f-2e2f1c0a0002', {
        epc: 'https://id.gs1.org/414/6101020010001',
      })
      await report('urn:uuid:5d0e41c2-6c41-4f0e-9a3f-2e2f1c0a0003', {
        lot: `https://id.gs1.org${UNKNOWN_LEVEL}`,
      })
      const pages = {
        home: base,
        complete: pageOf(code('pork receipt')),
        incomplete: pageOf(broken('INCOMPLETE')),
        possible: pageOf(code('inferred counter')),
        problem: pageOf(broken('PROBLEM')),
        'unknown level': base + UNKNOWN_LEVEL,
        'not found': pageOf(`${code('pork receipt').slice(0, 16)}9999`),
        unreadable: `${base}/t/99`,
        choices: `${base}/t/6101020010001`,
      }
      for (const [name, url] of Object.entries(pages)) {
        for (const language of ['zh', 'en']) {
          await page.goto(`${url}${url.includes('?') ? '&' : '?'}lang=${language}`)
          await page
            .locator('details')
            .evaluateAll((all) => all.forEach((each) => ((each as HTMLDetailsElement).open = true)))
          await sound(page, `${name}, ${language}`)
        }
      }
    })

    test('the desk', async ({ page }) => {
      await page.goto(`${base}/desk/`)
      await page.getByLabel('账号').waitFor()
      await sound(page, 'sign-in')
      await page.getByLabel('账号').fill('nobody')
      await page.getByLabel('口令').fill('nothing at all')
      await page.getByRole('button', { name: '登录' }).click()
      await page.getByRole('alert').waitFor()
      await sound(page, 'a refused sign-in')
      await signIn(page, 'city-regulator')
      await page.locator('tbody tr').first().waitFor()
      await sound(page, 'events')
      await page.goto(`${base}/desk/trace?code=${code('pig ear tag')}&direction=forward`)
      await page.locator('.stops li').first().waitFor()
      await page.locator('details.list summary').click()
      await sound(page, 'trace')
      await page.goto(`${base}/desk/trace?code=${code('pork receipt').slice(0, 16)}9999`)
      await page.getByRole('alert').waitFor()
      await sound(page, 'a trace of nothing')
      await page.goto(`${base}/desk/alerts`)
      await page.locator('.alert').first().waitFor()
      await sound(page, 'alerts')
      await page.getByRole('button', { name: '退出' }).click()
      await signIn(page, 'stall1')
      await page.getByRole('link', { name: '填报' }).click()
      await page.locator('.cards a').first().waitFor()
      await sound(page, 'the links')
      // Every type of field is on one of these.
      for (const link of ['retail_entry', 'retail_sale', 'transport', 'loading']) {
        const product = link.startsWith('retail') ? 'pork' : 'fruit'
        await page.goto(`${base}/desk/entry?industry=farm-products&link=${link}&product=${product}`)
        await page.locator('form.fields').waitFor()
        await page
          .locator('main details')
          .evaluateAll((all) => all.forEach((each) => ((each as HTMLDetailsElement).open = true)))
        await page.getByRole('button', { name: '提交' }).click()
        await page.getByRole('alert').first().waitFor()
        await sound(page, `the form of ${link} with its errors`)
      }
    })

    test('the console', async ({ page }) => {
      await signIn(page, 'operator')
      for (const room of ['', '/storage', '/settings']) {
        await page.goto(`${base}/desk/console${room}`)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.locator('.el-skeleton').waitFor({ state: 'detached' })
        await sound(page, `the console's room ${room}`)
      }
      // Secrets are masked, and the effect of a setting is told.
      await page.getByLabel('按名称或作用查找').fill('yuanliu.audit.keep')
      await expect(page.getByText('依法至少六个月')).toBeVisible()
      await page.getByRole('button', { name: 'English' }).click()
      await expect(page.getByText('Six months')).toBeVisible()
    })
  })
}
