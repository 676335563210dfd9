import { send } from './api'

/** Passkeys: what the server asks goes to the browser's authenticator, and back what that signed. */
export interface Passkey {
  id: string
  label: string
  createdAt: string
  lastUsedAt: string | null
}

const BASE = '/api/v1/session/passkeys'

/** Browsers offer them in secure contexts only: HTTPS, or this machine. */
export function passkeysWork(): boolean {
  return 'PublicKeyCredential' in window && 'parseRequestOptionsFromJSON' in PublicKeyCredential
}

export const passkeys = {
  list: async () => (await send<{ passkeys: Passkey[] }>('GET', BASE)).passkeys,

  async register(label: string, password: string): Promise<void> {
    const asked = await send<PublicKeyCredentialCreationOptionsJSON>('POST', `${BASE}/options`, { password })
    const made = await navigator.credentials.create({
      publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(asked),
    })
    await send<void>('POST', BASE, { label, credential: (made as PublicKeyCredential).toJSON() })
  },

  remove: (id: string, password: string) =>
    send<void>('POST', `${BASE}/${encodeURIComponent(id)}/removal`, { password }),

  async signIn(): Promise<void> {
    const asked = await send<PublicKeyCredentialRequestOptionsJSON>('POST', `${BASE}/challenge`, {})
    const given = await navigator.credentials.get({
      publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(asked),
    })
    await send<void>('POST', `${BASE}/sign-in`, { credential: (given as PublicKeyCredential).toJSON() })
  },
}

/** Whether the person, not the server, ended it. */
export function wasCancelled(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'AbortError')
}
