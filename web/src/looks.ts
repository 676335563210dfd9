import { onBeforeUnmount, onMounted, ref, watchEffect } from 'vue'

/** How the pages look for this person: larger type at a stall, dark where people watch all day. */
const LARGE = 'yuanliu.large'

export const large = ref(localStorage.getItem(LARGE) === '1')

/** The choice is kept on this device. */
export function setLarge(wanted: boolean) {
  large.value = wanted
  localStorage.setItem(LARGE, wanted ? '1' : '0')
}

watchEffect(() => document.documentElement.classList.toggle('large', large.value))

/** While the component is shown: dark where the person's system is. */
export function useDark() {
  const wanted = window.matchMedia('(prefers-color-scheme: dark)')
  const turn = () => document.documentElement.classList.toggle('dark', wanted.matches)
  onMounted(() => {
    turn()
    wanted.addEventListener('change', turn)
  })
  onBeforeUnmount(() => {
    wanted.removeEventListener('change', turn)
    document.documentElement.classList.remove('dark')
  })
}
