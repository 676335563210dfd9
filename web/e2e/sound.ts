import AxeBuilder from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** WCAG 2.1, levels A and AA. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** Up to this width a page is used with a thumb. */
const PHONE_WIDTH = 480
const THUMB_PX = 44

/**
 * What holds of every page: axe finds nothing, nothing sticks out sideways, and on a phone what is pressed is as
 * high as a thumb is wide. Links within a sentence are as high as its line.
 */
export async function sound(page: Page, what: string): Promise<void> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running'),
  )
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  expect(
    violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => node.html).join(' | ')}`),
    what,
  ).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), what).toBe(0)
  if ((page.viewportSize()?.width ?? 0) <= PHONE_WIDTH) {
    expect(await page.evaluate(lowOnes, THUMB_PX), what).toEqual([])
  }
  await picture(page, what)
}

/** For whoever looks at them: a folder to put pictures in. */
export async function picture(page: Page, what: string): Promise<void> {
  if (process.env.PICTURES)
    await page.screenshot({
      path: `${process.env.PICTURES}/${what.replaceAll(/[\s,/]+/g, '-')}.png`,
      fullPage: true,
    })
}

/** What is too low to be hit; in the browser. */
function lowOnes(least: number): string[] {
  const pressed =
    'a, button, summary, select, input:not([type=hidden], [type=checkbox], [type=radio], [type=file])'
  return [...document.querySelectorAll<HTMLElement>(pressed)]
    .filter(
      (one) => one.checkVisibility({ visibilityProperty: true }) && !one.matches('.skip, .visually-hidden'),
    )
    .filter((one) => !(one.tagName === 'A' && getComputedStyle(one).display === 'inline'))
    .map((one) => one.closest<HTMLElement>('.el-input__wrapper, .el-select__wrapper') ?? one)
    .filter((one) => one.getBoundingClientRect().height < least - 0.5)
    .map((one) => `${Math.round(one.getBoundingClientRect().height)} px: ${one.outerHTML.slice(0, 120)}`)
}
