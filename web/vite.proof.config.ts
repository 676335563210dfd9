import { defineConfig } from 'vite'

/**
 * The public page's check of receipts: a script of its own, without a framework. The libraries for
 * old browsers and plain http, and for SM2 and SM3, are chunks that come only when they are needed.
 */
export default defineConfig({
  base: '/desk/proof/',
  build: {
    outDir: 'dist/proof',
    // BigInt, modules and dynamic import: Chromium 67, Safari 14, WeChat's browser on both.
    target: 'es2020',
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: 'src/proof/main.ts',
      output: {
        entryFileNames: 'proof.js',
        chunkFileNames: '[name]-[hash].js',
      },
    },
  },
})
