import { run } from './page'

const section = document.getElementById('proof')
if (section) void run(section)
