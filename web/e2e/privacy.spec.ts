import { expect, test } from '@playwright/test'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { asked, base, demo, DESKTOP, PHONE, signIn } from './demo'
import { sound } from './sound'

/** An identity number of a person who is not. */
const someNumber = () => `99010119900101${String(Math.floor(Math.random() * 10_000)).padStart(4, '0')}`

test.use({ contextOptions: { reducedMotion: 'reduce' } })

for (const [size, viewport] of Object.entries({ phone: PHONE, desktop: DESKTOP })) {
  test.describe(size, () => {
    test.use({ viewport })

    test('a person is found, seen with a reason, handed out, held and erased', async ({ page }) => {
      const patient = someNumber()
      const prescription = `RX-${randomUUID()}`
      const unit = `urn:uuid:${randomUUID()}`
      const reported = await asked('/epcis/events', demo.apiKey, {
        '@context': [
          'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
          { yl: 'https://yuanliu.org/ns/' },
        ],
        type: 'ObjectEvent',
        eventTime: '2026-11-20T08:00:00.000+08:00',
        eventTimeZoneOffset: '+08:00',
        action: 'OBSERVE',
        bizStep: 'dispensing',
        epcList: [unit],
        bizTransactionList: [
          {
            type: 'yl:BTT-prescription',
            bizTransaction: `urn:yuanliu:document:prescription:${prescription}`,
          },
        ],
        'yl:patientDocument': patient,
        'yl:physician': '李医师',
      })
      expect(reported.status, reported.body).toBe(201)

      await signIn(page, 'privacy-officer')
      await page.getByRole('link', { name: '管理' }).click()
      await page.getByRole('link', { name: '个人信息' }).click()
      const search = page.getByRole('button', { name: '查找' }).last()
      await page.getByLabel('要查找的完整内容').fill(patient)
      await expect(search).toBeDisabled()
      await page.getByLabel('理由').fill('本人申请查阅')
      await search.click()
      const person = page.getByRole('region', { name: '一个人，1 条记录' })
      await expect(person).toContainText(`990***********${patient.slice(-4)}`)
      await expect(person).not.toContainText(patient)
      await sound(page, `personal masked ${size}`)
      await person.getByRole('button', { name: '查看' }).click()
      await expect(person).toContainText(patient)
      await expect(person).toContainText(prescription)
      await expect(person).toContainText('李医师')
      await sound(page, `personal open ${size}`)
      await person.getByRole('button', { name: '恢复掩码' }).click()
      await expect(person).not.toContainText(patient)
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        person.getByRole('button', { name: '导出全部' }).click(),
      ])
      const handed = readFileSync(await file.path(), 'utf8')
      expect(handed).toContain(patient)
      expect(handed).toContain(prescription)
      expect(handed).not.toContain('李医师')

      // Another administration holds the unit; then nothing is erased.
      const other = await page.context().browser()!.newContext({ viewport, locale: 'zh-CN' })
      const away = await other.newPage()
      await signIn(away, 'security')
      await away.goto(`${base}/desk/console/holds`)
      const number = `(2026)陕01民初${randomUUID().slice(0, 4)}号`
      const form = away.getByRole('form', { name: '设立保全' })
      await form.getByLabel('追溯单元的编码').fill(unit)
      await form.getByLabel('案号或文书编号').fill(number)
      await form.getByLabel('法律依据').fill('民法典第一千二百二十五条')
      await form.getByLabel('理由').fill('医疗纠纷')
      await form.getByRole('button', { name: '设立保全' }).click()
      await expect(away.getByText(`已设立“${number}”。`)).toBeVisible()
      await sound(away, `holds ${size}`)

      const erase = async () => {
        await person.getByRole('button', { name: '删除此人的信息' }).click()
        const dialog = page.getByRole('dialog')
        await expect(dialog).toContainText('记录本身、存证和证明保留')
        await sound(page, `erasing ${size}`)
        await dialog.getByRole('button', { name: '删除此人的信息' }).click()
      }
      await erase()
      await expect(page.getByRole('alert')).toContainText('法律保全')
      const held = away.getByRole('listitem').filter({ hasText: number })
      await held.getByRole('button', { name: '解除' }).click()
      const dialog = away.getByRole('dialog')
      await expect(dialog.getByRole('button', { name: '解除' })).toBeDisabled()
      await dialog.getByLabel('解除理由').fill('已结案')
      await dialog.getByLabel('法律依据').fill('民法典第一千二百二十五条')
      await sound(away, `lifting ${size}`)
      await dialog.getByRole('button', { name: '解除' }).click()
      await expect(away.getByText(`已解除“${number}”。`)).toBeVisible()
      await away.getByLabel('也列出已解除的').check()
      await expect(held).toContainText('已结案')
      await away.getByRole('button', { name: 'English' }).click()
      await expect(away.getByRole('heading', { name: 'Legal holds' })).toBeVisible()
      await sound(away, `holds lifted en ${size}`)
      await other.close()

      await erase()
      await expect(page.getByRole('status')).toContainText('已删除 2 项')
      await search.click()
      await expect(page.getByText('没有查到')).toBeVisible()
      await page.getByRole('button', { name: 'English' }).click()
      await expect(page.getByRole('heading', { name: 'Personal data' })).toBeVisible()
      await sound(page, `personal en ${size}`)
    })
  })
}
