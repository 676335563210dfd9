const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB']

/** 1,234,567 as 1.2 MB; decimal units, as disks are sold. */
export function bytesText(bytes: number, locale: string): string {
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ${UNITS[unit]}`
}
