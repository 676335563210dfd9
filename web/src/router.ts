import { createRouter, createWebHistory } from 'vue-router'
import { loadSession } from './session'
import Events from './views/Events.vue'
import SignIn from './views/SignIn.vue'

export const router = createRouter({
  history: createWebHistory('/desk/'),
  routes: [
    { path: '/', name: 'events', component: Events },
    { path: '/sign-in', name: 'sign-in', component: SignIn },
    { path: '/report', name: 'report', component: () => import('./views/Links.vue') },
    { path: '/entry', name: 'entry', component: () => import('./views/Entry.vue') },
    // G6 is large and comes only when a graph is wanted.
    { path: '/trace', name: 'trace', component: () => import('./views/Trace.vue') },
    { path: '/alerts', name: 'alerts', component: () => import('./views/Alerts.vue') },
    { path: '/security', name: 'security', component: () => import('./views/Security.vue') },
    {
      path: '/console',
      component: () => import('./console/Console.vue'),
      children: [
        { path: '', name: 'console', component: () => import('./console/Health.vue') },
        { path: 'accounts', name: 'accounts', component: () => import('./console/Accounts.vue') },
        {
          path: 'organisations',
          name: 'organisations',
          component: () => import('./console/Organisations.vue'),
        },
        { path: 'mandates', name: 'mandates', component: () => import('./console/Mandates.vue') },
        { path: 'storage', name: 'storage', component: () => import('./console/Storage.vue') },
        { path: 'settings', name: 'settings', component: () => import('./console/Settings.vue') },
        { path: 'personal', name: 'personal', component: () => import('./console/Personal.vue') },
        { path: 'holds', name: 'holds', component: () => import('./console/Holds.vue') },
        { path: 'audit', name: 'audit', component: () => import('./console/Audit.vue') },
      ],
    },
    { path: '/:rest(.*)*', redirect: '/' },
  ],
})

router.beforeEach(async (to) => {
  const session = await loadSession().catch(() => null)
  if (!session && to.name !== 'sign-in') {
    return { name: 'sign-in', query: to.fullPath === '/' ? {} : { then: to.fullPath } }
  }
  // Something is owed first: an old password, a missing second factor.
  if (session && session.owed.length > 0 && to.name !== 'security') return { name: 'security' }
  return true
})
