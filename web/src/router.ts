import { ref } from 'vue'
import { createRouter, createWebHistory } from 'vue-router'
import { loadSession } from './session'
import Events from './views/Events.vue'
import SignIn from './views/SignIn.vue'

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the page's title among the words. */
    title?: string
  }
}

/** A page that comes at once needs no word that it is coming. */
const PATIENCE_MS = 300

/** Whether a page is on its way over a slow network. */
export const opening = ref(false)
/** Whether a page did not come at all. */
export const lost = ref(false)
let patience: ReturnType<typeof setTimeout> | undefined

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/', name: 'events', component: Events, meta: { title: 'events.title' } },
    { path: '/sign-in', name: 'sign-in', component: SignIn, meta: { title: 'signIn.title' } },
    {
      path: '/report',
      name: 'report',
      component: () => import('./views/Links.vue'),
      meta: { title: 'forms.title' },
    },
    {
      path: '/entry',
      name: 'entry',
      component: () => import('./views/Entry.vue'),
      meta: { title: 'forms.nav' },
    },
    // G6 is large and comes only when a graph is wanted.
    {
      path: '/trace',
      name: 'trace',
      component: () => import('./views/Trace.vue'),
      meta: { title: 'trace.title' },
    },
    {
      path: '/alerts',
      name: 'alerts',
      component: () => import('./views/Alerts.vue'),
      meta: { title: 'alerts.title' },
    },
    {
      path: '/security',
      name: 'security',
      component: () => import('./views/Security.vue'),
      meta: { title: 'security.title' },
    },
    {
      path: '/console',
      component: () => import('./console/Console.vue'),
      children: [
        {
          path: '',
          name: 'console',
          component: () => import('./console/Health.vue'),
          meta: { title: 'console.health' },
        },
        {
          path: 'accounts',
          name: 'accounts',
          component: () => import('./console/Accounts.vue'),
          meta: { title: 'console.accounts' },
        },
        {
          path: 'organisations',
          name: 'organisations',
          component: () => import('./console/Organisations.vue'),
          meta: { title: 'console.organisations' },
        },
        {
          path: 'mandates',
          name: 'mandates',
          component: () => import('./console/Mandates.vue'),
          meta: { title: 'console.mandates' },
        },
        {
          path: 'storage',
          name: 'storage',
          component: () => import('./console/Storage.vue'),
          meta: { title: 'console.storage' },
        },
        {
          path: 'settings',
          name: 'settings',
          component: () => import('./console/Settings.vue'),
          meta: { title: 'console.settings' },
        },
        {
          path: 'personal',
          name: 'personal',
          component: () => import('./console/Personal.vue'),
          meta: { title: 'console.personal' },
        },
        {
          path: 'holds',
          name: 'holds',
          component: () => import('./console/Holds.vue'),
          meta: { title: 'console.holds' },
        },
        {
          path: 'audit',
          name: 'audit',
          component: () => import('./console/Audit.vue'),
          meta: { title: 'console.audit' },
        },
      ],
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  clearTimeout(patience)
  patience = setTimeout(() => (opening.value = true), PATIENCE_MS)
  const session = await loadSession().catch(() => null)
  if (!session && to.name !== 'sign-in') {
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { then: to.fullPath } }
  }
  // Something is owed first: an old password, a missing second factor.
  if (session && session.owed.length > 0 && to.name !== 'security') return { name: 'security' }
  return true
})

function arrived(well: boolean) {
  clearTimeout(patience)
  opening.value = false
  lost.value = !well
}

router.afterEach(() => arrived(true))
// Its program did not come: the network is gone, or the server has a newer one.
router.onError(() => arrived(false))
