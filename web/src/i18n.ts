import { createI18n } from 'vue-i18n'
import { en } from './locales/en'
import { zh } from './locales/zh'

const KEY = 'yuanliu.lang'
const kept = localStorage.getItem(KEY)

export const i18n = createI18n({
  legacy: false,
  locale: kept === 'en' ? 'en' : 'zh-CN',
  fallbackLocale: 'zh-CN',
  messages: { 'zh-CN': zh, en },
})

/** Chinese first; the choice is kept on this device. */
export function setLanguage(language: 'zh-CN' | 'en') {
  i18n.global.locale.value = language
  localStorage.setItem(KEY, language)
  document.documentElement.lang = language
}

document.documentElement.lang = i18n.global.locale.value
