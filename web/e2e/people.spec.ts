import { expect, test, type Page } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { account, asked, base, demo, DESKTOP, PHONE, signIn as signInAs } from './demo'
import { picture, sound } from './sound'

/** Passkeys are bound to a name; an address has none. */
const LOCAL = base.replace('127.0.0.1', 'localhost')
const PASSWORD = 'correct horse 电池'

async function made(name: string, party: string, permissions: string[]): Promise<string> {
  const answer = await asked('/api/v1/accounts', demo.apiKey, {
    name,
    password: PASSWORD,
    party,
    kind: 'ENTERPRISE',
    permissions,
  })
  expect(answer.status, answer.body).toBe(201)
  return name
}

async function signIn(page: Page, name: string, where = base) {
  await page.goto(`${where}/desk/sign-in`)
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('口令').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByRole('heading', { name: '最近的记录' })).toBeVisible()
}

test.use({ contextOptions: { reducedMotion: 'reduce' } })

test('a passkey is added, signs in without name and password, and is removed', async ({ page }) => {
  const name = await made(`passkey-${randomUUID().slice(0, 8)}`, account('stall1').party, ['QUERY'])
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await signIn(page, name, LOCAL)
  await page.goto(`${LOCAL}/desk/security`)
  const section = page.getByRole('region', { name: '通行密钥' })
  await section.getByLabel('名称').fill('我的手机')
  await section.getByLabel('现在的口令').fill('not this one')
  await section.getByRole('button', { name: '绑定通行密钥' }).click()
  await expect(section.getByRole('alert')).toContainText('原口令不正确')
  await section.getByLabel('现在的口令').fill(PASSWORD)
  await section.getByRole('button', { name: '绑定通行密钥' }).click()
  await expect(section.getByText('已绑定“我的手机”。')).toBeVisible()
  await expect(section.getByText('从未使用')).toBeVisible()
  expect((await cdp.send('WebAuthn.getCredentials', { authenticatorId })).credentials).toHaveLength(1)
  await sound(page, 'security with a passkey')
  await picture(page, 'passkeys')
  // The password alone does no longer: there is a second factor now.
  await page.getByRole('button', { name: '退出' }).click()
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('口令').fill(PASSWORD)
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect(page.getByLabel('动态码')).toBeVisible()
  await picture(page, 'sign-in-second')
  // The passkey stands in for the code, as it does for all of it.
  await page.getByRole('button', { name: /使用通行密钥/ }).click()
  await expect(page.getByRole('heading', { name: '最近的记录' })).toBeVisible()
  await page.goto(`${LOCAL}/desk/security`)
  await expect(section.getByText(/最近使用/)).toBeVisible()

  // A person who is not verified is not taken.
  await page.getByRole('button', { name: '退出' }).click()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: /使用通行密钥/ }).click()
  await expect(page.getByRole('button', { name: /使用通行密钥/ })).toBeEnabled()
  await expect(page.getByRole('heading', { name: '登录工作台' })).toBeVisible()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  await page.getByRole('button', { name: /使用通行密钥/ }).click()
  await expect(page.getByRole('heading', { name: '最近的记录' })).toBeVisible()

  await page.goto(`${LOCAL}/desk/security`)
  await section.getByRole('button', { name: '删除' }).click()
  await section.getByRole('textbox', { name: '现在的口令' }).first().fill(PASSWORD)
  await section.getByRole('button', { name: '确认删除' }).click()
  await expect(section.getByRole('listitem')).toHaveCount(0)
  await page.getByRole('button', { name: '退出' }).click()
  await page.getByRole('button', { name: /使用通行密钥/ }).click()
  await expect(page.getByRole('alert')).toContainText('通行密钥无效')
})

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test.describe(size, () => {
    test.use({ viewport })

    test('roles are given, lent and ended', async ({ page }) => {
      const market = account('retail-market').party
      const entered = await page.request.fetch(`${base}/api/v1/organisations`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${demo.apiKey}` },
        data: { party: market, kind: 'MARKET' },
      })
      expect(entered.status(), await entered.text()).toBe(200)
      const tail = randomUUID().slice(0, 8)
      const chief = await made(`chief-${tail}`, market, ['QUERY', 'REGISTER', 'ADMINISTER'])
      const clerk = await made(`clerk-${tail}`, market, ['QUERY', 'REGISTER'])
      const standIn = await made(`stand-in-${tail}`, account('stall1').party, ['QUERY'])

      await signIn(page, chief)
      await page.goto(`${base}/desk/console/organisations`)
      const give = page.getByRole('form', { name: '授予角色' })
      await give.getByLabel('账号').fill('nobody-at-all')
      await give.getByLabel('角色名称').fill('检查员')
      await give.getByRole('button', { name: '授予角色' }).click()
      await expect(page.getByRole('alert')).toContainText('没有这个账号')
      await give.getByLabel('账号').fill(clerk)
      await give.getByRole('button', { name: '授予角色' }).click()
      await expect(page.getByText(`已授予“${clerk}”。`)).toBeVisible()
      const row = page.locator('.roles > li').filter({ hasText: clerk })
      await expect(row).toContainText('检查员')
      await expect(row).toContainText('有效')

      await row.getByRole('button', { name: '委托' }).click()
      await row.getByLabel('受委托的账号').fill(standIn)
      await row.getByLabel('事由').fill('年休假')
      await picture(page, `organisations-lending-${size}`)
      await row.locator('form').getByRole('button', { name: '委托' }).click()
      await expect(row).toContainText(`委托给 ${standIn}`)
      await sound(page, 'organisations')
      await picture(page, `organisations-${size}`)

      // Who stands in acts for the market until it is taken back.
      const other = await page.context().browser()!.newContext({ viewport, locale: 'zh-CN' })
      const away = await other.newPage()
      await signIn(away, standIn)
      await away.goto(`${base}/desk/security`)
      const mine = away.getByRole('region', { name: '我的身份与角色' })
      await expect(mine).toContainText('受委托')
      await mine.getByRole('button', { name: '切换' }).click()
      await expect(mine.getByRole('listitem').filter({ hasText: '受委托' })).toContainText('当前身份')
      await sound(away, 'roles of one’s own')
      await picture(away, `roles-${size}`)
      const session = async () => (await away.request.get(`${base}/api/v1/session`)).json()
      expect(((await session()) as { party: string }).party).toBe(market)

      await row.getByRole('button', { name: '收回' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '终止' }).click()
      await expect(row.locator('.lent')).toContainText('已结束')
      expect(((await session()) as { permissions: string[] }).permissions).toEqual([])
      await away.reload()
      await expect(mine.getByRole('status')).toContainText('已到期或被收回')
      await other.close()

      await row.getByRole('button', { name: '终止' }).first().click()
      await page.getByRole('dialog').getByRole('button', { name: '终止' }).click()
      await expect(row).toContainText('已结束')
      await page.getByRole('button', { name: 'English' }).click()
      await expect(page.getByRole('heading', { name: 'Organisations' })).toBeVisible()
      await expect(row).toContainText('Ended')
      await sound(page, 'organisations, en')
    })
  })
}

test('one administration is offered nothing on an account of another', async ({ page }) => {
  const row = (name: string) => page.locator('li.row', { has: page.getByText(name, { exact: true }) })
  for (const [name, seen] of [
    ['operator', true],
    ['security', true],
    ['auditor', false],
  ] as const) {
    await signInAs(page, name)
    await page.goto(`${base}/desk/console/accounts`)
    await expect(row('auditor')).toBeVisible()
    await expect(row('auditor').getByRole('button', { name: /停用|下线|重置/ })).toHaveCount(0)
    await expect(row('base1')).toHaveCount(seen ? 1 : 0)
    if (name === 'operator') {
      await expect(row('base1').getByRole('button', { name: '停用' })).toBeVisible()
    }
    await page.getByRole('button', { name: '退出' }).click()
    await expect(page.getByLabel('账号')).toBeVisible()
  }
})
