import { reactive } from 'vue'
import { api } from './api'
import { stepWord } from './words'

/** Words for business steps as the server has them: CBV's, ours and those of the packs in force. */
const words = reactive(new Map<string, { zh: string; en: string }>())
let asked = false

/** The step's name as far as it is known by now, else its own word; asking makes it known. */
export function stepName(step: string | undefined, locale: string): string {
  const word = stepWord(step)
  if (!asked) {
    asked = true
    void ask()
  }
  const known = words.get(word)
  return known ? (locale === 'en' ? known.en : known.zh) : word
}

async function ask() {
  try {
    for (const [uri, names] of Object.entries(await api.steps())) words.set(stepWord(uri), names)
  } catch {
    // A word is a convenience: the step's own stands in for it.
  }
}
