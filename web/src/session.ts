import { reactive } from 'vue'
import { api, ProblemError, type Session } from './api'
import { forgetNames } from './names'
import { passkeys } from './passkeys'

/** Who is signed in, for every view. */
export const session = reactive<{ current: Session | null; known: boolean }>({ current: null, known: false })

/** Asks the server once; later calls answer from what is known. */
export async function loadSession(): Promise<Session | null> {
  if (!session.known) {
    try {
      session.current = await api.whoAmI()
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) throw error
      session.current = null
    }
    session.known = true
  }
  return session.current
}

export async function signIn(name: string, password: string, code?: string): Promise<void> {
  session.current = await api.signIn(name, password, code)
  forgetNames()
  session.known = true
}

export async function signInByCode(code: string): Promise<void> {
  session.current = await api.secondFactor(code)
  forgetNames()
  session.known = true
}

export async function signInByPasskey(): Promise<void> {
  await passkeys.signIn()
  session.current = await api.whoAmI()
  forgetNames()
  session.known = true
}

/** Where to go on to, if a provider's session is to end too. */
export async function signOut(): Promise<string | null> {
  const next = await api.signOut()
  session.current = null
  forgetNames()
  return next
}

/** After a new password the server has ended the session by itself. */
export function forgetSession(): void {
  session.current = null
  session.known = true
  forgetNames()
}
